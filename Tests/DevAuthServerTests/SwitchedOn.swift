import Concurrency

/// A switch that a test turns off while others look at it.
final class SwitchedOn: Sendable {
    private let isOn = Lock(true)

    var value: Bool { isOn.withLock { $0 } }

    func turnOff() { isOn.withLock { $0 = false } }
}
