#if Observability

    import LoginTesting
    import OAuthTypes
    import Testing
    import WireFormats

    /// What is secret is in no line, no label and no span.
    struct SecretTests {
        private func secrets(of fixture: Fixture, browser: TestBrowser, cookie: String) throws -> [String: String] {
            var secrets = [
                "client secret": Fixture.secret, "password": "alice's password", "the app's query": "canary-of-the-app",
                "the API's path": "private-number",
            ]
            for exchange in browser.exchanges {
                let query = exchange.url.text.split(separator: "?").dropFirst().first ?? ""
                for field in (try? FormEncoding.decode(query)) ?? []
                where ["code", "state", "nonce", "code_challenge"].contains(field.name) {
                    secrets["\(field.name) \(secrets.count)"] = field.value
                }
            }
            for request in fixture.transport.requests {
                let fields = (try? FormEncoding.decode(request.body)) ?? []
                if let field = fields.first(where: { $0.name == "code_verifier" }) { secrets["verifier"] = field.value }
                for field in request.fields.values(named: "Authorization") {
                    secrets["authorization \(secrets.count)"] = String(field.split(separator: " ").last ?? "")
                }
            }
            for response in fixture.heard.objects {
                for name in ["access_token", "refresh_token", "id_token"] {
                    if let token = response[name]?.stringValue { secrets["\(name) \(secrets.count)"] = token }
                }
            }
            for (index, pair) in cookie.split(separator: ";").enumerated() {
                secrets["cookie \(index)"] = String(pair.split(separator: "=").last ?? "")
            }
            return secrets
        }

        @Test func noSecretIsInALineALabelOrASpan() async throws {
            let fixture = try Fixture()
            var first = try fixture.browser()
            try await first.open("/orders?reset=canary-of-the-app")
            try await first.logIn(as: Fixture.alice.get())
            var secrets = try secrets(of: fixture, browser: first, cookie: first.cookie)
            let browser = try await fixture.wholeFlow()
            // Again, and with parameters that were tampered with.
            let callback = try #require(browser.exchanges.first { $0.url.path == "/callback" }).url.text
            var other = browser
            for address in [callback, callback + "&code=x", callback.replacing("code=", with: "codex=")] {
                try await other.open(address)
            }
            secrets.merge(try self.secrets(of: fixture, browser: browser, cookie: browser.cookie)) { $1 }
            #expect(secrets.count >= 15)

            let told =
                fixture.log.lines.map(\.text) + fixture.metrics.names + fixture.tracer.spans.map(\.everything)
            #expect(told.count > 100)
            for (name, secret) in secrets {
                #expect(secret.utf8.count >= 8, "\(name)")
                // The path of a call is in the log; see the guide.
                let isLogged = name == "the API's path"
                let places = isLogged ? fixture.metrics.names + fixture.tracer.spans.map(\.everything) : told
                #expect(!places.contains { $0.contains(secret) }, "\(name) was told")
            }
        }
    }

#endif
