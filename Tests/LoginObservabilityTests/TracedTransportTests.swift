#if Observability

    import LoginObservability
    import LoginTesting
    import OAuthTypes
    import Testing
    import Tracing

    struct TracedTransportTests {
        private let tracer = MemoryTracer()
        private let inner = TestTransport()

        private func send(
            _ fields: [HeaderField] = [], tellingOnly origins: Set<Origin>? = nil
        ) async throws -> TransportRequest {
            let url = try EndpointURL("https://api.example/orders?token=canary")
            inner.answer(for: url.origin) { _ async throws(TransportError) in TransportResponse(status: 404) }
            let transport = (inner as any HTTPTransport).traced(by: tracer, tellingOnly: origins)
            let response = try await transport.send(
                TransportRequest(.get, url, fields: fields, replay: .idempotent), within: TransportLimits())
            #expect(response.status == 404)
            return try #require(inner.requests.last)
        }

        @Test func tellsOfTheTraceAndOfNothingElse() async throws {
            let outer = tracer.startSpan("app", context: .topLevel, ofKind: .server)
            let request = try await ServiceContext.withValue(outer.context) {
                try await send([HeaderField("Authorization", "Bearer mine")].compactMap(\.self))
            }
            let span = try #require(tracer.spans.last)
            #expect(span.parent == outer.place)
            #expect(span.kind == .client)
            #expect(request.fields.values(named: "traceparent") == [span.place.header])
            #expect(request.fields.values(named: "tracestate") == ["app=1"])
            #expect(request.fields.values(named: "Authorization") == ["Bearer mine"])
            #expect(request.fields.count == 3)
        }

        @Test func keepsATraceparentThatIsThere() async throws {
            let request = try await send([HeaderField("Traceparent", "00-mine")].compactMap(\.self))
            #expect(request.fields.values(named: "traceparent") == ["00-mine"])
        }

        @Test func tellsOnlyTheServersThatMayKnow() async throws {
            #expect(try await send(tellingOnly: []).fields.isEmpty)
            #expect(tracer.spans.count == 1)
            let api = try EndpointURL("https://api.example").origin
            #expect(try await send(tellingOnly: [api]).fields.count == 2)
        }

        @Test func theSpanSaysHowItWentAndNotWhere() async throws {
            _ = try await send()
            let span = try #require(tracer.spans.first)
            #expect(
                span.texts == [
                    "http.request.method": "GET", "server.address": "api.example", "server.port": "443",
                    "http.response.status_code": "404", "error.type": "404",
                ])
            #expect(span.isError && span.isOver)
            #expect(!span.everything.contains("canary") && !span.everything.contains("orders"))
        }

        @Test func theErrorIsPassedOn() async throws {
            let url = try EndpointURL("https://nobody.example/")
            await #expect(throws: TransportError(.connectionFailed, sent: .nothing)) {
                try await TracedTransport(inner, tracer: tracer).send(
                    TransportRequest(.get, url, replay: .idempotent), within: TransportLimits())
            }
            let span = try #require(tracer.spans.first)
            #expect(span.texts["error.type"] == "connectionFailed" && span.isOver)
        }

        /// Without a tracer, requests stay as they are.
        @Test func withoutATracerNothingIsAdded() async throws {
            let url = try EndpointURL("https://api.example/")
            inner.answer(for: url.origin) { _ async throws(TransportError) in TransportResponse(status: 200) }
            _ = try await TracedTransport(inner).send(
                TransportRequest(.get, url, replay: .idempotent), within: TransportLimits())
            #expect(inner.requests.last?.fields.isEmpty == true)
        }

        @Test func noAddressOfTheBrowserHasATrace() async throws {
            let fixture = try Fixture()
            let browser = try await fixture.wholeFlow()
            #expect(browser.exchanges.count > 5)
            for exchange in browser.exchanges {
                #expect(!exchange.url.text.contains("trace"))
            }
            #expect(fixture.transport.requests.allSatisfy { $0.fields.values(named: "traceparent").count == 1 })
        }
    }

#endif
