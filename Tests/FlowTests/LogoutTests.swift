import APIClient
import AuthURL
import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Logging out here and at the provider.
@Suite struct LogoutTests {
    private func logOut(_ fixture: FlowFixture, _ cookie: String, accept: String = "text/html") async throws
        -> BrowserReply
    {
        let token = try await fixture.session(cookie).csrfToken
        return await fixture.visit(
            "/logout", cookie: cookie, method: .post, accept: accept, form: [("csrf_token", token)])
    }

    private func revoked(_ fixture: FlowFixture) async -> [String] {
        await fixture.drain()
        return fixture.transport.requests.filter { $0.url.path == "/revoke" }.map {
            let form = (try? FormEncoding.decode($0.body)) ?? []
            return form.first { $0.name == "token" }?.value ?? ""
        }
    }

    @Test func aGetAsksAndLogsNobodyOut() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let page = await fixture.visit("/logout", cookie: cookie)
        #expect(page.status == 200)
        #expect(page.text.contains("method=\"post\" action=\"/logout\""))
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
    }

    @Test func theConfirmationNamesTheProvidersOriginAlsoAfterARestart() async throws {
        let store = MemorySessionStore()
        let keys = SealingKeys(generatedBy: .system)
        let first = try FlowFixture(store: store, keys: keys)
        let cookie = try await first.loggedIn()
        let restarted = try FlowFixture(store: store, keys: keys, sharing: first)
        first.transport.tamper { request, response in
            guard request.url.path == "/.well-known/openid-configuration" else { return response }
            let text = String(decoding: response.body, as: UTF8.self)
            let moved = text.replacing("http://localhost:3001/oauth2/logout", with: "https://bye.example/logout")
                .replacing(#"http:\/\/localhost:3001\/oauth2\/logout"#, with: "https://bye.example/logout")
            return TransportResponse(status: 200, fields: response.fields, body: Array(moved.utf8))
        }
        let page = await restarted.visit("/logout", cookie: cookie)
        #expect(page.fields.onlyValue(named: "Content-Security-Policy")?.contains("https://bye.example;") == true)
    }

    @Test(arguments: [[], [("csrf_token", "")], [("csrf_token", "x")]])
    func aPostWithoutTheSessionsTokenIsRefused(form: [(String, String)]) async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let reply = await fixture.visit("/logout", cookie: cookie, method: .post, form: form)
        #expect(reply.status == 403)
        #expect(reply.text.contains("href=\"/logout\""))
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
    }

    @Test func aTokenThatStandsTwiceIsRefused() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let token = try await fixture.session(cookie).csrfToken
        let form = [("csrf_token", token), ("csrf_token", token)]
        #expect(await fixture.visit("/logout", cookie: cookie, method: .post, form: form).status == 403)
    }

    @Test(arguments: [HTTPMethod.put, .delete, .options]) func otherMethodsDoNothing(_ method: HTTPMethod)
        async throws
    {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let reply = await fixture.visit("/logout", cookie: cookie, method: method)
        #expect(reply.status == 405)
        #expect(reply.fields.values(named: "Allow") == ["GET, HEAD, POST"])
    }

    @Test func aPostEndsTheSessionBeforeItIsAnswered() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let reply = try await logOut(fixture, cookie)
        #expect(reply.status == 303)
        #expect(
            reply.fields.values(named: "Set-Cookie").contains {
                $0.hasPrefix("session-3000=; ") && $0.contains("Max-Age=0")
            })
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody", "the old cookie is worth nothing")
    }

    @Test func theProviderIsToldWhoLogsOutAndWhereToComeBack() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let reply = try await logOut(fixture, cookie)
        let url = try EndpointURL(try #require(reply.location), allowing: .loopback)
        #expect(url.path == "/oauth2/logout")
        let fields = try FormEncoding.decode(url.query ?? "")
        #expect(fields.map(\.name) == ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"])
        #expect(JSONObject(payloadOf: fields[0].value)["sub"] == "subject-a")
        #expect(fields[1].value == "web-app")
        #expect(fields[2].value == "http://localhost:3000/")
        #expect(fields[3].value.utf8.count == 43)
        #expect(reply.cookies == ["logout-3000=" + fields[3].value])
    }

    @Test func theWholeWayOutEndsOnTheLocalPage() async throws {
        let fixture = try FlowFixture()
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        let page = try await browser.submit(
            "logout", on: try await browser.open(FlowFixture.base + "/logout"), action: "logout")
        #expect(page.text == "nobody")
        #expect(page.url.text == "http://localhost:3000/")
        #expect(browser.cookies["localhost"]?["session-3000"] == nil)
        #expect(browser.cookies["localhost"]?["logout-3000"] == nil)
        #expect(fixture.events.events.last { $0.name == "logout.returned" }?.details == [.init("state", "as sent")])
    }

    @Test(arguments: ["/?state=other", "/?state=", "/?state=https%3A%2F%2Fevil.example"])
    func aReturnWithAnotherStateEndsOnTheLocalPageToo(target: String) async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let left = try await logOut(fixture, cookie)
        let reply = await fixture.visit(target, cookie: left.cookies.joined())
        #expect(reply.status == 303)
        #expect(reply.location == "/")
        #expect(fixture.events.events.last?.details == [.init("state", "unknown")])
    }

    @Test func aReturnWithoutStateIsTheAppsOwnPage() async throws {
        let fixture = try FlowFixture()
        let left = try await logOut(fixture, fixture.loggedIn())
        #expect(await fixture.visit("/", cookie: left.cookies.joined()).text == "nobody")
    }

    @Test func withoutAnEndSessionEndpointTheUserStaysHere() async throws {
        let fixture = try FlowFixture()
        fixture.transport.tamper { request, response in
            guard request.url.path == "/.well-known/openid-configuration",
                var object = try? JSONReader.object(response.body)
            else { return response }
            object["end_session_endpoint"] = nil
            object["revocation_endpoint"] = nil
            return TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(object))
        }
        let reply = try await logOut(fixture, fixture.loggedIn())
        #expect(reply.location == "/")
        #expect(await revoked(fixture).isEmpty)
        #expect(fixture.events.events.contains { $0.details == [.init("outcome", "not offered")] })
    }

    @Test func aLogoutThatFailedDoesNotLookLikeOneThatWorked() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        store.fail([.remove])
        let reply = try await logOut(fixture, cookie)
        #expect(reply.status == 503)
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(reply.text.contains("href=\"/logout\""))
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
        #expect(await revoked(fixture).isEmpty)
    }

    @Test func theRefreshTokenIsRevoked() async throws {
        let fixture = try FlowFixture()
        _ = try await logOut(fixture, fixture.loggedIn())
        #expect(await revoked(fixture).count == 1)
        #expect(
            fixture.events.events.contains { $0.name == "token.revoked" && $0.details == [.init("outcome", "done")] })
    }

    @Test func aRevocationThatFailsHoldsNobodyUp() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        fixture.transport.tamper { request, response throws(TransportError) in
            if request.url.path == "/revoke" { throw TransportError(.timedOut, sent: .maybe) }
            return response
        }
        #expect(try await logOut(fixture, cookie).status == 303)
        #expect(await revoked(fixture).count == 1)
        #expect(fixture.events.events.contains { $0.details == [.init("outcome", "failed")] })
    }

    @Test func revokesTheTokensThatWereRemovedNotThoseThatWereRead() async throws {
        let store = FaultyStore()
        let fixture = try FlowFixture(store: store)
        let cookie = try await fixture.loggedIn()
        let session = try await fixture.session(cookie)
        let tokens = fixture.flow.accessTokens(of: session)
        let old = try await tokens.accessToken()
        let refreshed = TokenCatcher()
        fixture.tamperTokens { refreshed.note($0) }
        store.before(.remove) { _ = try? await tokens.replacement(for: old) }
        _ = try await logOut(fixture, cookie)
        #expect(fixture.count(grant: "refresh_token") == 1)
        #expect(await revoked(fixture) == refreshed.refreshTokens)
    }

    @Test func nobodyToLogOutIsNoError() async throws {
        let fixture = try FlowFixture()
        for method in [HTTPMethod.get, .post] {
            let reply = await fixture.visit("/logout", method: method)
            #expect(reply.status == 200)
            #expect(reply.text.contains("You are logged out"))
        }
    }

    /// Browsers leave the cookies out of a cross-site POST and still obey what the answer says of them.
    @Test(arguments: [false, true]) func aForgedPostWithoutCookiesTakesNoSessionAway(inCookies: Bool) async throws {
        let cookies = CookieSessions(epoch: RevocationEpoch(.distantPast))
        let fixture = try FlowFixture(cookies: inCookies ? cookies : nil)
        for target in ["/logout", "/", "/private", "/login", "/callback?code=x&state=y", "/?state=x"] {
            for method in [HTTPMethod.get, .post, .head, .put] {
                for accept in ["text/html", "application/json"] {
                    let reply = await fixture.visit(target, method: method, accept: accept)
                    let expired = reply.fields.values(named: "Set-Cookie").filter { $0.contains("Max-Age=0") }
                    #expect(expired.isEmpty, "\(method) \(target)")
                }
            }
        }
    }

    /// A form that another site posts again and again must not pile up cookies until requests grow too long.
    @Test(arguments: [HTTPMethod.post, .head, .put]) func onlyAGetLaysDownALogin(method: HTTPMethod) async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/private?tab=2", method: method)
        #expect(reply.status == 303)
        #expect(reply.location == (method == .head ? "/login?returnTo=%2Fprivate%3Ftab%3D2" : "/login"))
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test func aCookieThatCameAndLeadsNowhereIsTakenBack() async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/logout", cookie: "session-3000=x", method: .post)
        #expect(reply.fields.values(named: "Set-Cookie").map { $0.prefix { $0 != ";" } } == ["session-3000="])
    }

    @Test func programsLogOutWithJSON() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let asked = await fixture.visit("/logout", cookie: cookie, accept: "application/json")
        let token = try #require(try JSONReader.object(asked.body)["csrf_token"]?.stringValue)
        let reply = await fixture.visit(
            "/logout", cookie: cookie, method: .post, accept: "application/json", form: [("csrf_token", token)])
        #expect(reply.status == 200)
        let answer = try JSONReader.object(reply.body)
        #expect(answer["loggedOut"] == true)
        #expect(answer["continueAt"]?.stringValue?.hasPrefix("http://localhost:3001/oauth2/logout?") == true)
        #expect(await fixture.visit("/", cookie: cookie).text == "nobody")
    }
}
