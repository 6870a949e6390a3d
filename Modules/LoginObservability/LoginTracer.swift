#if Observability

    import LoginFlow
    public import OAuthTypes
    public import Tracing

    /// Traces the phases of the flow with swift-distributed-tracing: a span for each, with the flow's events in it.
    ///
    /// ```swift
    /// environment.transport = TracedTransport(transport)
    /// environment.observers = [LoginTracer()]
    /// ```
    /// Spans are children of `ServiceContext.current`, which the tracing middleware of a web framework sets. Attributes
    /// and events hold closed values, numbers and the correlation ID: no text from outside, and no user.
    public struct LoginTracer: FlowPhaseObserver {
        private let tracer: (any Tracer)?

        /// Creates a tracer of logins.
        /// - Parameter tracer: makes the spans; by default, the one of the instrumentation system at the time of a login.
        public init(_ tracer: (any Tracer)? = nil) { self.tracer = tracer }

        /// Adds `event` to the span of the phase that it belongs to.
        public func record(_ event: FlowEvent) { ServiceContext.current?.phaseSpan?.add(event) }

        /// Runs `phase` within a span.
        public func during<Answer: Sendable, Failure: Error>(
            _ phase: FlowPhase, of correlationID: String?, _ work: () async throws(Failure) -> Answer
        ) async throws(Failure) -> Answer {
            var context = ServiceContext.current ?? .topLevel
            let span = (tracer ?? InstrumentationSystem.tracer).startSpan(
                "login.\(phase.rawValue)", context: context, ofKind: .internal)
            let phaseSpan = PhaseSpan(span, correlationID: correlationID)
            context = span.context
            context.phaseSpan = phaseSpan
            let result = await within(context, work)
            if case .failure(let error) = result { phaseSpan.fail(with: error) }
            span.end()
            return try result.get()
        }
    }

    /// Runs `work` with a context that all of it sees.
    func within<Answer: Sendable, Failure: Error>(
        _ context: ServiceContext, _ work: () async throws(Failure) -> Answer
    ) async -> Result<Answer, Failure> {
        await ServiceContext.withValue(context) { () async -> Result<Answer, Failure> in
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        }
    }

#endif
