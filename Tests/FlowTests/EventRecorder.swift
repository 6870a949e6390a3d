import Concurrency
import OAuthTypes

/// Keeps every event.
final class EventRecorder: FlowObserver {
    private let state = Lock<[FlowEvent]>([])

    var events: [FlowEvent] { state.withLock { $0 } }

    /// The diagnoses of refusals so far.
    var refusals: [String] {
        events.filter { $0.name == "login.refused" }.compactMap { event in
            event.details.first { $0.name == "code" }?.value
        }
    }

    /// Everything that an observer could write down.
    var everything: String {
        events.map { event in
            "\(event)" + event.details.map { "\n\($0.name)=\($0.value)" }.joined()
        }.joined(separator: "\n")
    }

    func record(_ event: FlowEvent) { state.withLock { $0.append(event) } }
}
