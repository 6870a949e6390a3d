#if Observability

    import LoginObservability
    import LoginTesting
    import OAuthTypes
    import Testing
    import Tracing

    struct LoginTracerTests {
        private func parent(of span: MemorySpan, in fixture: Fixture) -> String? {
            fixture.tracer.spans.first { $0.place == span.parent }?.operationName
        }

        @Test func theSpansOfARequestAreOneTrace() async throws {
            let fixture = try Fixture()
            _ = try await fixture.wholeFlow()
            let parents: [(String, String?)] = [
                ("login.callback", "app /callback"), ("login.token_request", "login.callback"),
                ("login.logout", "app /logout"), ("login.api_call", "app /orders"), ("login.refresh", "app /orders"),
                ("login.begin", "app /orders"), ("login.revocation", "login.logout"),
            ]
            for (name, expected) in parents {
                let spans = fixture.tracer.spans(named: name)
                #expect(!spans.isEmpty, "\(name)")
                for span in spans { #expect(parent(of: span, in: fixture) == expected, "\(name)") }
            }
            // Requests are within the phase that sends them.
            let requests = fixture.tracer.spans.filter { $0.kind == .client }
            #expect(requests.count == fixture.transport.requests.count)
            let places = Set(requests.compactMap { parent(of: $0, in: fixture) })
            #expect(places.isSuperset(of: ["login.token_request", "login.refresh", "login.api_call", "login.begin"]))
            #expect(fixture.tracer.spans.allSatisfy { $0.isOver && !$0.isTouchedWhenOver })
            #expect(!fixture.tracer.spans.contains { $0.isError })
        }

        @Test func theTracesOfALoginHaveOneCorrelationID() async throws {
            let fixture = try Fixture()
            _ = try await fixture.wholeFlow()
            let spans = fixture.tracer.spans.filter { $0.operationName.hasPrefix("login.") }
            #expect(Set(spans.map { $0.texts["login.correlation_id"] }).count == 1)
            #expect(spans.first?.texts["login.correlation_id"]?.count == 12)
            #expect(Set(spans.map(\.place.trace)).count >= 3)
        }

        @Test func aUserWhoDeniesIsNoError() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open("/orders")
            try await browser.logIn(as: Fixture.alice.get(), consent: .deny)
            let span = try #require(fixture.tracer.spans(named: "login.callback").first)
            #expect(span.texts["login.refusal"] == "callback_provider_error")
            #expect(!span.isError)
        }

        @Test func aTokenRequestThatFailsIsAnError() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open("/orders")
            fixture.failTokenRequests(with: TransportError(.contentCoding("canary-of-the-peer"), sent: .maybe))
            try await browser.logIn(as: Fixture.alice.get())
            let spans = fixture.tracer.spans.filter(\.isError)
            #expect(spans.map(\.operationName) == ["login.callback", "login.token_request", "POST"])
            #expect(spans.first?.texts["error.type"] == "token_request_failed")
            #expect(spans.last?.texts["error.type"] == "contentCoding")
            #expect(!fixture.tracer.spans.contains { $0.everything.contains("canary-of-the-peer") })
        }

        @Test func anEventOutsideOfAPhaseIsLeftOut() {
            let tracer = MemoryTracer()
            LoginTracer(tracer).record(
                FlowEvent(
                    "session.touch_failed", from: .webApp, to: .webApp, at: UnixTime(seconds: 0), correlationID: "id"))
            #expect(tracer.spans.isEmpty)
        }
    }

#endif
