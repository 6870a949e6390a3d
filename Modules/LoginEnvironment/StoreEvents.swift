import LoginFlow
import OAuthTypes
import SessionStore

extension LoginFlow.Environment {
    /// Tells the observers what the store tells, as events `store.…`.
    func record(_ event: SessionStoreEvent) {
        let told = FlowEvent(
            "store.\(event.name)", from: .webApp, to: .webApp, at: clock.now, correlationID: makeCorrelationID(),
            details: [.init("diagnosis", "\(event)")])
        for observer in observers { observer.record(told) }
    }
}

extension SessionStoreEvent {
    fileprivate var name: String {
        switch self {
        case .unreadableRecord: "record_unreadable"
        case .newerRecord: "record_newer"
        case .created: "created"
        case .movedAside: "moved_aside"
        case .displaced: "displaced"
        case .longLog: "log_long"
        case .failedCheckpoint: "checkpoint_failed"
        }
    }
}
