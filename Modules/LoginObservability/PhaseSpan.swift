#if Observability

    import Concurrency
    import LoginFlow
    import OAuthTypes
    import Tracing

    /// The span of a phase.
    final class PhaseSpan: Sendable {
        private let span: any Span
        private let correlationID: Lock<String?>

        init(_ span: any Span, correlationID: String?) {
            self.span = span
            self.correlationID = Lock(correlationID)
            if let correlationID { name(correlationID) }
        }

        func add(_ event: FlowEvent) {
            let id = event.correlationID
            let isNew = correlationID.withLock { known in
                defer { known = id }
                return known != id
            }
            if isNew { name(id) }
            var attributes: SpanAttributes = [:]
            if let step = event.step { attributes["login.step"] = step.rawValue }
            span.addEvent(SpanEvent(name: event.known?.rawValue ?? "other", attributes: attributes))
            if event.known == .loginRefused { refuse(code: event.detail("code"), turn: event.detail("turn")) }
        }

        func fail(with error: any Error) {
            set("error.type", to: error.closedName)
            span.setStatus(SpanStatus(code: .error))
        }

        private func name(_ id: String) { set("login.correlation_id", to: id.printable(upTo: 64)) }

        // A user who changes their mind is no error.
        private func refuse(code: String?, turn: String?) {
            set("login.refusal", to: Refusal.closed(code))
            guard turn != FlowProblem.Turn.user.rawValue else { return }
            set("error.type", to: Refusal.closed(code))
            span.setStatus(SpanStatus(code: .error))
        }

        private func set(_ name: String, to text: String) {
            span.updateAttributes { $0[name] = text }
        }
    }

    extension Error {
        /// A name from a closed list: what an error says may repeat text from outside.
        var closedName: String {
            switch self {
            case let problem as FlowProblem: Refusal.closed(problem.code)
            case let error as TransportError: error.reason.closedName
            default: "\(type(of: self))"
            }
        }
    }

    extension TransportError.Reason {
        var closedName: String {
            switch self {
            case .addressRefused: "addressRefused"
            case .contentCoding: "contentCoding"
            case .unusableSetting: "unusableSetting"
            default: "\(self)"
            }
        }
    }

    extension Refusal {
        fileprivate static func closed(_ code: String?) -> String {
            code.flatMap { ofLogins.contains($0) || others.contains($0) ? $0 : nil } ?? "other"
        }
    }

    private enum PhaseSpanKey: ServiceContextKey {
        typealias Value = PhaseSpan
    }

    extension ServiceContext {
        var phaseSpan: PhaseSpan? {
            get { self[PhaseSpanKey.self] }
            set { self[PhaseSpanKey.self] = newValue }
        }
    }

#endif
