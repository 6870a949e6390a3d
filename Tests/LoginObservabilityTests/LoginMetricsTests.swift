#if Observability

    import LoginObservability
    import LoginTesting
    import OAuthTypes
    import Testing

    struct LoginMetricsTests {
        private func event(_ name: String, _ details: KeyValuePairs<String, String> = [:]) -> FlowEvent {
            FlowEvent(
                name, from: .webApp, to: .webApp, at: UnixTime(seconds: 0), correlationID: "id",
                details: details.map { FlowEvent.Detail($0.key, $0.value) })
        }

        @Test func countsALoginARefreshAndALogout() async throws {
            let fixture = try Fixture()
            _ = try await fixture.wholeFlow()
            let counted = fixture.metrics.counted
            #expect(counted["login_logins_total{outcome=begun}"] == 1)
            #expect(counted["login_logins_total{outcome=completed}"] == 1)
            #expect(counted["login_logins_total{outcome=refused}"] == nil)
            #expect(counted["login_sessions_total{event=begun}"] == 1)
            #expect(counted["login_sessions_total{event=ended_by_user}"] == 1)
            #expect(counted["login_refreshes_total{outcome=granted}"] == 1)
            #expect(counted["login_events_total{event=api.called}"] == 2)
            #expect(!counted.keys.contains { $0.hasSuffix("=other}") })
        }

        @Test func measuresThePhasesAndTheStore() async throws {
            let fixture = try Fixture()
            _ = try await fixture.wholeFlow()
            let recorded = fixture.metrics.recorded
            #expect(recorded["login_phase_duration_seconds{phase=token_request,outcome=ok}"] == [250_000_000])
            #expect(recorded["login_phase_duration_seconds{phase=refresh,outcome=ok}"]?.count == 1)
            #expect(recorded["login_phase_duration_seconds{phase=verification,outcome=ok}"]?.count == 2)
            for phase in ["begin", "callback", "api_call", "logout", "revocation"] {
                #expect(
                    recorded["login_phase_duration_seconds{phase=\(phase),outcome=ok}"]?.isEmpty == false, "\(phase)")
            }
            #expect(!recorded.keys.contains { $0.contains("outcome=failed") })
            for operation in ["read", "write", "remove"] {
                #expect(recorded["login_store_duration_seconds{operation=\(operation),outcome=ok}"] != nil)
            }
        }

        @Test func aRefusedCallbackHasFailed() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open("/callback?code=x&state=y")
            let counted = fixture.metrics.counted
            #expect(counted["login_logins_total{outcome=refused}"] == 1)
            #expect(counted["login_refusals_total{code=callback_unknown_login}"] == 1)
            #expect(counted["login_refusals_by_turn_total{turn=user}"] == 1)
            let failed = fixture.metrics.recorded["login_phase_duration_seconds{phase=callback,outcome=failed}"]
            #expect(failed?.count == 1)
        }

        @Test func aTokenRequestWithoutAnAnswerHasFailed() async throws {
            let fixture = try Fixture()
            var browser = try fixture.browser()
            try await browser.open("/orders")
            fixture.failTokenRequests(with: TransportError(.timedOut, sent: .maybe))
            #expect(try await browser.logIn(as: Fixture.alice.get()).status == 503)
            let failed = fixture.metrics.recorded["login_phase_duration_seconds{phase=token_request,outcome=failed}"]
            #expect(failed?.count == 1)
            #expect(fixture.metrics.counted["login_refusals_total{code=token_request_failed}"] == 1)
        }

        /// No text from outside becomes a label, so no metric is made after the start.
        @Test func labelsAreClosed() {
            let memory = MemoryMetrics()
            let metrics = LoginMetrics(factory: memory)
            let names = memory.names
            for number in 0..<50 {
                metrics.record(event("evil\(number)"))
                metrics.record(event("login.refused", ["code": "evil\(number)", "turn": "evil\(number)"]))
                metrics.record(event("provider.deviation", ["source": "evil\(number)"]))
                metrics.record(event("session.ended", ["cause": "evil\(number)"]))
            }
            #expect(memory.names == names)
            #expect(names.count < 200)
            #expect(memory.counted["login_refusals_total{code=other}"] == 50)
            #expect(memory.counted["login_refusals_by_turn_total{turn=other}"] == 50)
            #expect(memory.counted["login_events_total{event=other}"] == 50)
            #expect(memory.counted["login_provider_deviations_total{source=other}"] == 50)
            #expect(memory.counted["login_sessions_total{event=ended_by_provider}"] == 50)
        }

        @Test(arguments: [("3", 3), ("0", nil), ("-7", nil), ("99999999999999999999", 1), ("", 1), ("x", 1)])
        func countsRevokedSessions(_ text: String, _ count: Int64?) {
            let memory = MemoryMetrics()
            LoginMetrics(factory: memory).record(event("session.revoked", ["sessions": text]))
            #expect(memory.counted["login_sessions_total{event=revoked}"] == count)
        }
    }

#endif
