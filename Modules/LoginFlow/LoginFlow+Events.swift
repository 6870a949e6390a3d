import OAuthTypes
import WireFormats

extension LoginFlow {
    func record(
        _ name: String, step: FlowEvent.Step? = nil, from: FlowEvent.Party, to: FlowEvent.Party,
        correlationID: String, details: [FlowEvent.Detail] = [], took duration: Duration? = nil
    ) {
        let event = FlowEvent(
            name, step: step, from: from, to: to, at: now, duration: duration, correlationID: correlationID,
            details: details)
        for observer in environment.observers { observer.record(event) }
    }

    /// Tells of each oddity that was read all the same.
    func record(_ deviations: [ProviderDeviation], correlationID: String) {
        environment.record(deviations, correlationID: correlationID)
    }

    func record(_ problem: FlowProblem) {
        record(
            "login.refused", from: .webApp, to: .browser, correlationID: problem.correlationID,
            details: [
                .init("code", problem.code), .init("turn", problem.turn.rawValue),
                .init("diagnosis", problem.diagnosis),
            ])
    }
}

extension LoginFlow.Environment {
    /// Tells of each oddity that was read all the same.
    func record(_ deviations: [ProviderDeviation], correlationID: @autoclosure () -> String) {
        guard !deviations.isEmpty else { return }
        let id = correlationID()
        for deviation in deviations {
            let member = deviation.member.map { FlowEvent.Detail("member", $0) }
            let event = FlowEvent(
                "provider.deviation", from: .authorizationServer, to: .webApp, at: clock.now, correlationID: id,
                details: [.init("source", deviation.source.rawValue)] + [member].compactMap(\.self)
                    + [.init("form", deviation.form)])
            for observer in observers { observer.record(event) }
        }
    }

    /// Runs a phase within every observer of phases, the first one outermost.
    func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        try await during(phase, of: correlationID, from: observers.startIndex, work)
    }

    private func during<Answer: Sendable, Failure: Error>(
        _ phase: FlowPhase, of correlationID: String?, from start: Int,
        _ work: () async throws(Failure) -> Answer
    ) async throws(Failure) -> Answer {
        for index in observers.indices.dropFirst(start) {
            guard let observer = observers[index] as? any FlowPhaseObserver else { continue }
            return try await observer.during(phase, of: correlationID) { () async throws(Failure) -> Answer in
                try await during(phase, of: correlationID, from: index + 1, work)
            }
        }
        return try await work()
    }

    package func makeCorrelationID() -> String { Base64URL.encode(random.bytes(count: 9)) }
}
