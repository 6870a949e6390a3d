#if Observability

    public import OAuthTypes
    public import Tracing

    /// A transport that traces each request and tells the server of the trace: in `traceparent` and `tracestate` (W3C Trace
    /// Context).
    ///
    /// It opens a client span within `ServiceContext.current` with the method, the server's name, and the status code.
    /// Paths, queries, fields and bodies are no part of it. Only requests that the app itself sends have these fields;
    /// addresses that a browser is sent to never do.
    public struct TracedTransport<Base: HTTPTransport>: HTTPTransport {
        private let base: Base
        private let tracer: (any Tracer)?
        private let origins: Set<Origin>?

        /// Creates a transport around another.
        /// - Parameters:
        ///   - base: sends the requests.
        ///   - tracer: makes the spans; by default, the one of the instrumentation system at the time of a request.
        ///   - origins: which servers are told of the trace; nil for all that requests go to. All requests have a span.
        public init(_ base: Base, tracer: (any Tracer)? = nil, tellingOnly origins: Set<Origin>? = nil) {
            self.base = base
            self.tracer = tracer
            self.origins = origins
        }

        /// Sends the request within a span.
        public func send(
            _ request: TransportRequest, within limits: TransportLimits
        ) async throws(TransportError) -> TransportResponse {
            let tracer = tracer ?? InstrumentationSystem.tracer
            let span = tracer.startSpan(
                request.method.text, context: ServiceContext.current ?? .topLevel, ofKind: .client)
            defer { span.end() }
            span.describe(request)
            var request = request
            if origins?.contains(request.url.origin) ?? true {
                tracer.inject(span.context, into: &request.fields, using: TraceFields())
            }
            let sent = request
            let result = await within(span.context) { () async throws(TransportError) in
                try await base.send(sent, within: limits)
            }
            span.describe(result)
            return try result.get()
        }
    }

    extension HTTPTransport {
        /// This transport, with a span for each request: a ``TracedTransport``, also where the type of this one is not known.
        ///
        /// ```swift
        /// environment.transport = environment.transport.traced()
        /// ```
        /// - Parameters:
        ///   - tracer: makes the spans; by default, the one of the instrumentation system at the time of a request.
        ///   - origins: which servers are told of the trace; nil for all that requests go to. All requests have a span.
        public func traced(
            by tracer: (any Tracer)? = nil, tellingOnly origins: Set<Origin>? = nil
        ) -> any HTTPTransport {
            TracedTransport(self, tracer: tracer, tellingOnly: origins)
        }
    }

    /// Which fields may tell of a trace, and how long they may be. What else a tracer would add, such as `baggage`, may be
    /// private and is left out.
    private struct TraceFields: Injector {
        // W3C Trace Context §3.3.1.5 asks for 512 octets of tracestate; traceparent has 55.
        private static let longest = 512
        private static let names = ["traceparent", "tracestate"]

        func inject(_ value: String, forKey key: String, into fields: inout [HeaderField]) {
            guard let name = TraceFields.names.first(where: { $0 == key.lowercased() }),
                value.utf8.count <= TraceFields.longest, !fields.contains(where: { $0.isNamed(name) }),
                let field = HeaderField(name, value)
            else { return }
            fields.append(field)
        }
    }

    // The names are those of OpenTelemetry's conventions for HTTP clients.
    extension Span {
        fileprivate func describe(_ request: TransportRequest) {
            let origin = request.url.origin
            updateAttributes {
                $0["http.request.method"] = request.method.text
                $0["server.address"] = origin.host
                $0["server.port"] = Int64(origin.port)
            }
        }

        fileprivate func describe(_ result: Result<TransportResponse, TransportError>) {
            switch result {
            case .success(let response):
                updateAttributes { $0["http.response.status_code"] = response.status }
                if response.status >= 400 { fail("\(response.status)") }
            case .failure(let error): fail(error.reason.closedName)
            }
        }

        private func fail(_ type: String) {
            updateAttributes { $0["error.type"] = type }
            setStatus(SpanStatus(code: .error))
        }
    }

#endif
