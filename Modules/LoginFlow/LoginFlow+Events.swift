import OAuthTypes

extension LoginFlow {
    func record(
        _ name: String, _ step: FlowEvent.Step? = nil, from: FlowEvent.Party, to: FlowEvent.Party,
        _ correlationID: String, _ details: [FlowEvent.Detail] = [], took duration: Duration? = nil
    ) {
        let event = FlowEvent(
            name, step: step, from: from, to: to, at: now, duration: duration, correlationID: correlationID,
            details: details)
        for observer in environment.observers { observer.record(event) }
    }

    /// Tells of each oddity that was read all the same.
    func record(_ deviations: [ProviderDeviation], _ correlationID: String) {
        for deviation in deviations {
            record(
                "provider.deviation", from: .authorizationServer, to: .webApp, correlationID,
                [.init("source", deviation.source.rawValue)]
                    + [deviation.member.map { .init("member", $0) }].compactMap(\.self)
                    + [.init("form", deviation.form)])
        }
    }

    func record(_ problem: FlowProblem) {
        record(
            "login.refused", from: .webApp, to: .browser, problem.correlationID,
            [
                .init("code", problem.code), .init("turn", problem.turn.rawValue),
                .init("diagnosis", problem.diagnosis),
            ])
    }
}
