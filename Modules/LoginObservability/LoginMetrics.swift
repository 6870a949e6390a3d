#if Observability

    public import CoreMetrics
    import LoginFlow
    public import OAuthTypes

    /// Counts and measures logins with swift-metrics.
    ///
    /// ```swift
    /// environment.observers = [LoginMetrics()]
    /// ```
    /// Bootstrap the metrics system before you create it. `Docs/Guides/Observability.md` lists the metrics. All durations
    /// are in seconds, and all labels have a closed set of values: no text from outside becomes one.
    public struct LoginMetrics: FlowPhaseObserver {
        private let logins, refusals, turns, refreshes, sessions, deviations, events: LabelledCounters
        private let phases: [FlowPhase: OutcomeTimers]
        private let stopwatch: Stopwatch

        /// Creates the metrics.
        /// - Parameters:
        ///   - factory: makes them; by default that of the metrics system.
        ///   - stopwatch: measures the phases.
        public init(factory: any MetricsFactory = MetricsSystem.factory, stopwatch: Stopwatch = .system) {
            let make = { (metric: LoginMetric, label: String, values: [String]) in
                LabelledCounters(metric, label: label, values: values, factory: factory)
            }
            logins = make(.logins, "outcome", ["begun", "completed", "refused"])
            refusals = make(.refusals, "code", Array(Refusal.ofLogins.union(Refusal.others)))
            turns = make(.turns, "turn", ["user", "operator", "wait"])
            refreshes = make(.refreshes, "outcome", RefreshOutcome.all)
            sessions = make(
                .sessions, "event", ["begun", "ended_by_user", "ended_by_provider", "revoked", "rotated"])
            deviations = make(.deviations, "source", ProviderDeviation.Source.allCases.map(\.rawValue))
            events = make(.events, "event", KnownEvent.allCases.map(\.rawValue))
            phases = FlowPhase.allCases.reduce(into: [:]) { phases, phase in
                phases[phase] = OutcomeTimers(.phases, label: "phase", value: phase.rawValue, factory: factory)
            }
            self.stopwatch = stopwatch
        }

        /// Counts `event`.
        public func record(_ event: FlowEvent) {
            events.increment(event.name)
            switch event.known {
            case .loginRedirected: logins.increment("begun")
            case .loginRefused: countRefusal(code: event.detail("code"), turn: event.detail("turn"))
            case .sessionStarted:
                logins.increment("completed")
                sessions.increment("begun")
            case .sessionEnded: sessions.increment(event.from == .browser ? "ended_by_user" : "ended_by_provider")
            case .sessionRevoked:
                sessions.increment("revoked", by: max(event.detail("sessions").flatMap { Int($0) } ?? 1, 0))
            case .sessionRotated: sessions.increment("rotated")
            case .providerDeviation: deviations.increment(event.detail("source"))
            case let known?:
                if let outcome = RefreshOutcome.text(of: known) { refreshes.increment(outcome) }
            case nil: break
            }
        }

        private func countRefusal(code: String?, turn: String?) {
            refusals.increment(code)
            turns.increment(turn)
            if let code, Refusal.ofLogins.contains(code) { logins.increment("refused") }
        }

        /// Measures `phase`.
        public func during<Answer: Sendable, Failure: Error>(
            _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
        ) async throws(Failure) -> Answer {
            let start = stopwatch.reading
            do throws(Failure) {
                let answer = try await work()
                phases[phase]?.record(stopwatch.reading - start, isOK: LoginMetrics.isOK(answer))
                return answer
            } catch {
                phases[phase]?.record(stopwatch.reading - start, isOK: false)
                throw error
            }
        }

        // Phases that face a browser or an API answer where others throw.
        private static func isOK(_ answer: any Sendable) -> Bool {
            switch answer {
            case let reply as BrowserReply: reply.status < 400
            case let response as TransportResponse: response.status < 500
            default: true
            }
        }
    }

    /// How a refresh went, by its event.
    private enum RefreshOutcome {
        static let all = KnownEvent.allCases.compactMap(text)

        static func text(of event: KnownEvent) -> String? {
            switch event {
            case .refreshGranted: "granted"
            case .refreshPending: "pending"
            case .refreshRefused: "refused"
            case .refreshLost: "lost"
            case .refreshFailed: "failed"
            case .refreshIDTokenRefused: "id_token_refused"
            case .refreshSubjectChanged: "subject_changed"
            default: nil
            }
        }
    }

#endif
