import LoginFlow
import OAuthTypes
import Synchronization

/// Keeps the events of the latest logins for the diagram on the profile page.
final class EventLog: FlowObserver {
    private struct State {
        var events: [String: [FlowEvent]] = [:]
        var order: [String] = []
    }

    private static let loginLimit = 200
    private static let eventLimit = 64
    private let state = Mutex(State())

    func record(_ event: FlowEvent) {
        state.withLock { state in
            if state.events[event.correlationID] == nil {
                state.order.append(event.correlationID)
                if state.order.count > EventLog.loginLimit { state.events[state.order.removeFirst()] = nil }
            }
            state.events[event.correlationID, default: []].append(event)
            // The first events show the login, the last ones show the latest calls.
            guard let count = state.events[event.correlationID]?.count, count > EventLog.eventLimit else { return }
            state.events[event.correlationID]?.remove(at: EventLog.eventLimit / 2)
        }
    }

    /// The events of one login, oldest first.
    func events(of correlationID: String) -> [FlowEvent] {
        state.withLock { $0.events[correlationID] ?? [] }
    }
}

/// Writes the events that an operator may have to act on to standard error, one line each, without secrets: refusals,
/// failures and losses, what the session store tells, and deviations from the standards that were tolerated.
struct FailureLog: FlowObserver {
    private static let endings = [
        "refused", "failed", "lost", "pending", "changed", "storm", "deviation", "retried", "shortened",
        "left_out",
    ]

    func record(_ event: FlowEvent) {
        let isOfStore = event.name.hasPrefix("store.")
        guard isOfStore || FailureLog.endings.contains(where: event.name.hasSuffix) else { return }
        let details = event.details.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: " ")
        StandardError.write("\(event.name) reference=\(event.correlationID) \(details)")
    }
}
