import Concurrency
import OAuthTypes

/// Keeps what the flow tells its observers.
final class Events: FlowObserver {
    private let kept = Lock<[FlowEvent]>([])

    func record(_ event: FlowEvent) { kept.withLock { $0.append(event) } }

    /// The codes of the refusals, in order.
    var refusals: [String] {
        kept.withLock { $0 }.filter { $0.name == "login.refused" }.compactMap { event in
            event.details.first { $0.name == "code" }?.value
        }
    }

    /// Everything that an observer could write down.
    var everything: String {
        kept.withLock { $0 }.map { event in
            "\(event)" + event.details.map { "\n\($0.name)=\($0.value)" }.joined()
        }.joined(separator: "\n")
    }
}
