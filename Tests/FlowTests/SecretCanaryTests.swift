import APIClient
import CryptoPrimitives
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// What is secret turns up in no event, no page, no problem and no dump.
@Suite struct SecretCanaryTests {
    /// Everything secret of one login, from both ends of the wire.
    private func secrets(
        of fixture: FlowFixture, caught: TokenCatcher, login: Returning, session: String
    ) -> [String: String] {
        var secrets = ["client secret": FlowFixture.secret, "password": "alice's password"]
        for name in ["code", "state"] {
            let fields = (try? FormEncoding.decode(login.target.split(separator: "?").last ?? "")) ?? []
            secrets[name] = fields.first { $0.name == name }?.value
        }
        for request in fixture.transport.requests {
            let fields = (try? FormEncoding.decode(request.body)) ?? []
            secrets["verifier"] = fields.first { $0.name == "code_verifier" }?.value ?? secrets["verifier"]
            for (index, field) in request.fields.values(named: "Authorization").enumerated() {
                secrets["authorization \(index)"] = String(field.split(separator: " ").last ?? "")
            }
        }
        for name in ["access_token", "refresh_token", "id_token"] {
            for (index, token) in caught.all(name).enumerated() { secrets["\(name) \(index)"] = token }
        }
        secrets["nonce"] = caught.all("id_token").first.flatMap { JSONObject(payloadOf: $0)["nonce"]?.stringValue }
        secrets["pending cookie"] = login.cookie.split(separator: "=").last.map(String.init)
        secrets["session cookie"] = session.split(separator: "=").last.map(String.init)
        return secrets
    }

    private func dumped(_ value: Any) -> String {
        var text = String(describing: value) + String(reflecting: value)
        dump(value, to: &text)
        return text
    }

    @Test func noSecretIsToldToAnybody() async throws {
        let fixture = try FlowFixture()
        let caught = TokenCatcher()
        fixture.tamperTokens { caught.note($0) }
        let login = try await fixture.returning(from: "/private?reset=canary-of-the-app")
        let done = await fixture.answer(login.request())
        let cookie = try #require(done.cookies.first { $0.hasPrefix("session") })
        let session = try await fixture.session(cookie)
        _ = try await fixture.flow.userInfo(of: session)
        fixture.clock.advance(seconds: 3601)
        _ = try await fixture.flow.accessTokens(of: session).accessToken()

        var told = [fixture.events.everything, dumped(session), dumped(fixture.flow.accessTokens(of: session))]
        let both = login.cookie + "; " + cookie
        for accept in ["text/html", "application/json"] {
            for target in [
                "/", "/private", "/logout", login.target, login.target + "&code=x",
                login.target(setting: "iss", to: "x"),
            ] {
                for cookie in [cookie, both, login.cookie, ""] {
                    let request = FlowFixture.request(target, cookie: cookie, accept: accept)
                    let reply = await fixture.answer(request)
                    told += [reply.text, dumped(reply), dumped(request)]
                    told.append(dumped(await fixture.flow.admit(request, requiring: .none)))
                }
            }
        }
        _ = await fixture.visit(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", session.csrfToken)])
        await fixture.drain()
        told += fixture.events.events.map(dumped)
        told.append(dumped(fixture.flow))

        var secrets = secrets(of: fixture, caught: caught, login: login, session: cookie)
        secrets["the app's query"] = "canary-of-the-app"
        #expect(secrets.count >= 15)
        for (name, secret) in secrets {
            #expect(secret.utf8.count >= 8, "\(name)")
            #expect(!told.contains { $0.contains(secret) }, "\(name) was told")
        }
    }

    @Test func problemsHoldNoSecret() async throws {
        let fixture = try FlowFixture(secret: "another secret of the client")
        let login = try await fixture.returning()
        let reply = await fixture.answer(login.request())
        #expect(reply.status == 502)
        let code = try #require(
            try FormEncoding.decode(login.target.split(separator: "?").last ?? "").first { $0.name == "code" })
        for text in [reply.text, dumped(reply), fixture.events.everything] {
            #expect(!text.contains("another secret of the client"))
            #expect(!text.contains(code.value))
        }
    }
}
