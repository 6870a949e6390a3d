import Concurrency
import OAuthTypes

/// The interface to the thread that performs the exchanges: any task may submit one, wake the thread or close it.
///
/// Only that thread resumes a submitted exchange, and so exactly once: cancelling sets a mark that the thread checks
/// before it starts an exchange and after every wake-up that follows a cancellation.
final class EventLoop: Sendable {
    struct Arrival: Sendable {
        let exchange: Exchange
        let continuation: CheckedContinuation<Exchange.Outcome, Never>

        /// Answers an exchange that was never started.
        func refuse(_ reason: TransportError.Reason) {
            continuation.resume(returning: .failure(TransportError(reason, sent: .nothing)))
        }
    }

    /// What came in since the thread last asked.
    struct Work: Sendable {
        var arrivals: [Arrival] = []
        var hasCancellations = false
    }

    private enum Phase {
        case idle, running, closing, closed
    }

    private struct State {
        var phase = Phase.idle
        var work = Work()
        var multi: MultiHandle?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let settings: TransferSettings
    private let state: Lock<State>

    init(multi: MultiHandle, settings: TransferSettings) {
        self.settings = settings
        state = Lock(State(multi: multi))
    }

    /// Hands an exchange in; the first one starts the thread.
    func submit(_ arrival: Arrival) {
        let isAccepted = state.withLock { state in
            if state.phase == .idle, start() { state.phase = .running }
            guard state.phase == .running else { return false }
            state.work.arrivals.append(arrival)
            state.multi?.wakeUp()
            return true
        }
        if !isAccepted { arrival.refuse(.unavailable) }
    }

    /// Makes the thread look for exchanges that have been cancelled.
    func noteCancellation() {
        state.withLock { state in
            state.work.hasCancellations = true
            state.multi?.wakeUp()
        }
    }

    /// Refuses new exchanges and makes the thread end.
    func close() {
        state.withLock { state in
            state.multi?.wakeUp()
            // The thread holds the handle as long as it runs, and its end closes the connections.
            state.multi = nil
            if state.phase == .running { state.phase = .closing }
            if state.phase == .idle { state.phase = .closed }
        }
    }

    /// Returns when the thread has ended.
    func waitUntilClosed() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if state.phase != .closed { state.waiting.append(continuation) }
                return state.phase == .closed
            }
            if isClosed { continuation.resume() }
        }
    }

    private func start() -> Bool {
        DetachedThread.start { [self] in
            Reactor.run(settings, serving: self)
            didEnd()
        }
    }

    private func didEnd() {
        let waiting = state.withLock { state in
            state.phase = .closed
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

// For the thread.
extension EventLoop {
    /// libcurl's handle; nil when the loop is to end.
    var multi: MultiHandle? { state.withLock { $0.multi } }

    /// What came in since the last call; nil when the loop is to end.
    func takeWork() -> Work? {
        state.withLock { state in
            guard state.phase == .running else { return nil }
            defer { state.work = Work() }
            return state.work
        }
    }

    /// The exchanges that were handed in and not started before the loop was closed.
    func takeLastWork() -> Work {
        state.withLock { state in
            defer { state.work = Work() }
            return state.work
        }
    }
}
