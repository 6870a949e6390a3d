import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// The flow answers exactly its own paths, octet for octet; everything else is the app's.
@Suite struct RouteTests {
    static let targets: [(String, LoginRoute?)] = [
        ("/login", .login), ("/login?", .login), ("/login?returnTo=/a", .login), ("/callback", .callback),
        ("/callback?code=a&state=b", .callback), ("/callback?/login", .callback), ("/logout", .logout),
        ("/logout?x", .logout), ("/?state=x", .afterLogout), ("/?state=", .afterLogout),
        ("/", nil), ("", nil), ("/?", nil), ("/?state=x&a=b", nil), ("/?a=b", nil), ("/?State=x", nil),
        ("/?state=x&state=y", nil), ("//callback", nil), ("/callback/", nil), ("/callback;x", nil), ("/CALLBACK", nil),
        ("/%63allback", nil), ("%2fcallback", nil), ("/%2fcallback", nil), ("/./callback", nil),
        ("/a/../callback", nil),
        ("/callback#x", nil), ("/callback%3Fcode=a", nil), ("/callback%00", nil), ("callback", nil),
        ("\\callback", nil),
        ("/callback ", nil), ("http://localhost:3000/callback", nil), ("*", nil), ("/login/callback", nil),
        ("/logout\u{212A}", nil),
    ]

    @Test(arguments: targets) func answersItsOwnPathsOnly(target: String, route: LoginRoute?) async throws {
        let fixture = try FlowFixture()
        #expect(fixture.flow.route(.get, target: target) == route)
    }

    @Test(arguments: targets.filter { $0.1 == nil }.map(\.0))
    func whatIsNotItsOwnNeedsALogin(target: String) async throws {
        let fixture = try FlowFixture()
        let request = FlowFixture.request(target)
        guard case .reply(let reply) = await fixture.flow.admit(request, requiring: .login) else {
            Issue.record("a page that needs a login was shown without one")
            return
        }
        #expect(reply.status == 303)
        #expect(reply.location?.hasPrefix("http://localhost:3001/authorize?") == true)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func onlyAGetComesBackFromTheProvidersLogout() throws {
        let fixture = try FlowFixture()
        for method in [HTTPMethod.post, .head, .put] { #expect(fixture.flow.route(method, target: "/?state=x") == nil) }
    }

    @Test(arguments: [LoginRoute.login, .callback, .logout, .afterLogout])
    func aBodyBeyondTheRoutesLimitIsRefused(_ route: LoginRoute) async throws {
        let fixture = try FlowFixture()
        let request = BrowserRequest(
            .post, target: "/logout", body: [UInt8](repeating: 0x61, count: route.bodyLimit + 1))
        let reply = await fixture.flow.respond(to: request, on: route)
        #expect(reply.status == 413)
        #expect(reply.text.contains("This form is too long"))
        #expect(fixture.events.refusals == ["body_too_long"])
        #expect(reply.fields.values(named: "Cache-Control") == ["no-store"])
    }

    @Test(arguments: [HTTPMethod.post, .put, .delete, .options]) func onlyAGetBeginsALogin(_ method: HTTPMethod)
        async throws
    {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/login", method: method)
        #expect(reply.status == 405)
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
    }

    @Test(arguments: [
        ("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"),
        ("X-Moz", "prefetch"),
        ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Mode", "no-cors"), ("X-Requested-With", "XMLHttpRequest"),
    ]) func whatNobodyLooksAtBeginsNoLogin(name: String, value: String) async throws {
        let fixture = try FlowFixture()
        for target in ["/login", "/private"] {
            var request = FlowFixture.request(target)
            request.fields += [HeaderField(name, value)].compactMap(\.self)
            let reply = await fixture.answer(request)
            #expect(reply.status == 401)
            #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        }
        #expect(fixture.transport.requests.isEmpty)
    }
}
