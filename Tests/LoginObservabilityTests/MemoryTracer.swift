#if Observability

    import Concurrency
    import Tracing

    /// Keeps every span. It is as talkative as a tracer can be: it also injects what must not leave the app.
    final class MemoryTracer: Tracer {
        private let state = Lock<[MemorySpan]>([])

        /// All spans, in the order in which they began.
        var spans: [MemorySpan] { state.withLock { $0 } }

        func spans(named name: String) -> [MemorySpan] { spans.filter { $0.operationName == name } }

        func startSpan<Instant: TracerInstant>(
            _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
            at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
        ) -> MemorySpan {
            let parent = context()
            return state.withLock { spans in
                let span = MemorySpan(operationName, number: spans.count + 1, kind: kind, within: parent)
                spans.append(span)
                return span
            }
        }

        func forceFlush() {}

        func inject<Carrier, Inject: Injector>(
            _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
        ) where Inject.Carrier == Carrier {
            guard let place = context.place else { return }
            injector.inject(place.header, forKey: "traceparent", into: &carrier)
            injector.inject("app=1", forKey: "tracestate", into: &carrier)
            injector.inject("user=alice", forKey: "baggage", into: &carrier)
            injector.inject("Bearer of-the-tracer", forKey: "Authorization", into: &carrier)
            injector.inject("x\r\nEvil: 1", forKey: "tracestate", into: &carrier)
        }

        func extract<Carrier, Extract: Extractor>(
            _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
        ) where Extract.Carrier == Carrier {}
    }

    /// Where a span stands.
    struct Place: Sendable, Equatable {
        let trace, span: Int

        /// W3C Trace Context §3.2
        var header: String { "00-\(Place.hex(trace, 32))-\(Place.hex(span, 16))-01" }

        private static func hex(_ number: Int, _ length: Int) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: length - digits.count) + digits
        }
    }

    private enum PlaceKey: ServiceContextKey {
        typealias Value = Place
    }

    extension ServiceContext {
        var place: Place? {
            get { self[PlaceKey.self] }
            set { self[PlaceKey.self] = newValue }
        }
    }

    final class MemorySpan: Tracing.Span {
        private struct State {
            var name: String
            var attributes: SpanAttributes = [:]
            var events: [SpanEvent] = []
            var status: SpanStatus?
            var isOver = false
            var isTouchedWhenOver = false
        }

        let context: ServiceContext
        let kind: SpanKind
        let place: Place
        let parent: Place?
        private let state: Lock<State>

        init(_ name: String, number: Int, kind: SpanKind, within parent: ServiceContext) {
            self.parent = parent.place
            self.kind = kind
            place = Place(trace: parent.place?.trace ?? number, span: number)
            var context = parent
            context.place = place
            self.context = context
            state = Lock(State(name: name))
        }

        var events: [String] { state.withLock { $0.events.map(\.name) } }
        var isError: Bool { state.withLock { $0.status?.code == .error } }
        var isOver: Bool { state.withLock { $0.isOver } }
        var isTouchedWhenOver: Bool { state.withLock { $0.isTouchedWhenOver } }

        /// The attributes as text.
        var texts: [String: String] {
            let attributes = attributes
            var texts: [String: String] = [:]
            attributes.forEach { name, value in
                texts[name] =
                    switch value {
                    case .string(let text): text
                    case .int64(let number): String(number)
                    default: "\(value)"
                    }
            }
            return texts
        }

        /// Everything that a backend could show.
        var everything: String {
            state.withLock { "\($0.name) \($0.attributes) \($0.events) \(String(describing: $0.status))" } + "\(texts)"
        }

        var operationName: String {
            get { state.withLock { $0.name } }
            set { change { $0.name = newValue } }
        }

        var attributes: SpanAttributes {
            get { state.withLock { $0.attributes } }
            set { change { $0.attributes = newValue } }
        }

        var isRecording: Bool { !isOver }

        func setStatus(_ status: SpanStatus) { change { $0.status = status } }
        func addEvent(_ event: SpanEvent) { change { $0.events.append(event) } }
        func addLink(_ link: SpanLink) {}

        func recordError<Instant: TracerInstant>(
            _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
        ) { change { $0.events.append(SpanEvent(name: "\(error)")) } }

        func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) { change { $0.isOver = true } }

        private func change(_ body: (inout State) -> Void) {
            state.withLock { state in
                if state.isOver { state.isTouchedWhenOver = true }
                body(&state)
            }
        }
    }

#endif
