import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Several providers on one origin.
@Suite struct LoginFlowsTests {
    static let keys = SealingKeys(generatedBy: .system)

    private func flow(
        _ name: String?, issuer: String = OddProvider.issuer, base: String = "https://app.example",
        client: String = "web-app",
        provider: OddProvider? = nil, store: MemorySessionStore = MemorySessionStore(),
        configure: (inout LoginSettings) throws -> Void = { _ in }
    ) throws -> LoginFlow {
        var settings = LoginSettings(
            issuer: try Issuer(issuer), clientID: try ClientID(client),
            clientSecret: ClientSecret("0123456789abcdef0123456789abcdef"), baseURL: try EndpointURL(base))
        settings.name = name
        let path = name.map { "/\($0)" } ?? ""
        settings.routes = LoginRoutes(
            login: path + "/login", callback: path + "/callback", logout: path + "/logout",
            initiateLogin: "/initiate-login")
        try configure(&settings)
        let clock = ManualClock()
        var environment = LoginFlow.Environment(transport: provider ?? OddProvider(clock: clock))
        environment.clock = clock.wall
        return try LoginFlow(settings, store: store, keys: LoginFlowsTests.keys, environment: environment)
    }

    private func fixed(_ issuer: String, promises: Bool) throws -> LoginSettings.Provider {
        var metadata = try ProviderMetadata(
            issuer: Issuer(issuer), authorizationEndpoint: EndpointURL(issuer + "/authorize"),
            tokenEndpoint: EndpointURL(issuer + "/token"), jwksURI: EndpointURL(issuer + "/jwks"))
        metadata.authorizationResponseIssParameterSupported = promises
        return .fixed(metadata)
    }

    @Test func eachAnswersItsOwnPaths() async throws {
        let logins = try LoginFlows([flow("staff"), flow("guests", issuer: "https://other.example")])
        for path in ["/staff/login", "/guests/login"] {
            let request = FlowFixture.request(path)
            let route = try #require(logins.route(request))
            let reply = await logins.respond(to: request, on: route)
            #expect(reply.cookies.allSatisfy { $0.hasPrefix("__Host-\(path.split(separator: "/")[0])-login") })
        }
        #expect(logins.route(FlowFixture.request("/login")) == nil)
    }

    @Test func aNameIsDemanded() throws {
        let fault = #expect(throws: SettingsError.self) {
            _ = try LoginFlows([
                flow(nil), flow(nil, issuer: "https://other.example") { $0.routes.callback = "/other/callback" },
            ])
        }
        #expect(fault?.faults.contains { $0.setting == "name" } == true)
    }

    @Test(arguments: ["/staff/login", "/staff/logout", "/staff/callback"]) func noPathIsAnsweredByTwo(path: String)
        throws
    {
        #expect(throws: SettingsError.self) {
            _ = try LoginFlows([
                flow("staff"), flow("guests", issuer: "https://other.example") { $0.routes.login = path },
            ])
        }
    }

    /// RFC 9700 §4.4: only `iss` tells the responses of two providers apart at one path.
    @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
    func aCallbackPathIsSharedOnlyIfBothPromiseTheIssuer(first: Bool, second: Bool) throws {
        let flows = try [
            flow("staff") {
                $0.provider = try fixed(OddProvider.issuer, promises: first)
                $0.routes.callback = "/callback"
            },
            flow("guests", issuer: "https://other.example") {
                $0.provider = try fixed("https://other.example", promises: second)
                $0.routes.callback = "/callback"
            },
        ]
        guard first && second else {
            #expect(throws: SettingsError.self) { _ = try LoginFlows(flows) }
            return
        }
        _ = try LoginFlows(flows)
    }

    @Test func aPromiseThatWouldHaveToBeFetchedIsNone() throws {
        #expect(throws: SettingsError.self) {
            _ = try LoginFlows([
                flow("staff") { $0.routes.callback = "/callback" },
                flow("guests", issuer: "https://other.example") { $0.routes.callback = "/callback" },
            ])
        }
    }

    /// A shared path: the login's cookie chooses the flow, and `iss` has to agree.
    @Test func aResponseAtASharedPathGoesToItsOwnLogin() async throws {
        let logins = try LoginFlows(
            ["staff", "guests"].map { name in
                let issuer = name == "staff" ? OddProvider.issuer : "https://other.example"
                return try flow(name, issuer: issuer) {
                    $0.provider = try fixed(issuer, promises: true)
                    $0.routes.callback = "/callback"
                }
            })
        let begun = await logins.flows[1].respond(to: FlowFixture.request("/guests/login"), on: .login)
        let query = begun.location?.split(separator: "?").last ?? ""
        let state = (try? FormEncoding.decode(query))?.onlyValue(named: "state") ?? ""
        for (issuer, status) in [("https://other.example", 503), (OddProvider.issuer, 400)] {
            let fields = [("code", "c"), ("state", state), ("iss", issuer)].map { FormField(name: $0.0, value: $0.1) }
            let request = FlowFixture.request(
                "/callback?" + FormEncoding.encode(fields), cookie: begun.cookies.joined(separator: "; "))
            let reply = await logins.respond(to: request, on: try #require(logins.route(request)))
            // The keys of the other provider cannot be fetched here: it was asked, then.
            #expect(reply.status == status || reply.status == 502)
            #expect(!reply.setsSession)
        }
    }

    @Test func anInitiatedLoginGoesToTheProviderThatItNames() async throws {
        let logins = try LoginFlows([flow("staff"), flow("guests", issuer: "https://other.example")])
        let request = FlowFixture.request("/initiate-login?iss=https%3A%2F%2Fop.example")
        let reply = await logins.respond(to: request, on: try #require(logins.route(request)))
        #expect(reply.location?.hasPrefix("https://op.example/authorize?") == true)
        let unknown = FlowFixture.request("/initiate-login?iss=https%3A%2F%2Fevil.example")
        #expect(await logins.respond(to: unknown, on: .initiateLogin).status == 400)
    }

    @Test(
        arguments: [
            ("a.example", 0), ("A.example", 0), ("a.example:443", 0), ("b.example", 1), ("evil.example", nil),
            ("", nil),
            ("a.example:444", nil), ("a.example.evil.example", nil), ("a.example, b.example", nil), (nil, nil),
        ] as [(String?, Int?)]) func theHostChoosesFromTheListOnly(host: String?, index: Int?) throws
    {
        let logins = try LoginFlows([
            flow(nil, base: "https://a.example"), flow(nil, base: "https://b.example"),
        ])
        var request = FlowFixture.request("/login")
        request.fields += [host.flatMap { HeaderField("Host", $0) }, HeaderField("X-Forwarded-Host", "b.example")]
            .compactMap(\.self)
        #expect(
            logins.flows(for: request).map(\.settings.baseURL) == index.map { [logins.flows[$0].settings.baseURL] }
                ?? [])
        #expect((logins.route(request) == nil) == (index == nil))
    }

    @Test func withOneOriginTheHostHasNoSay() throws {
        let logins = try LoginFlows([flow("staff"), flow("guests", issuer: "https://other.example")])
        var request = FlowFixture.request("/staff/login")
        request.fields += [HeaderField("Host", "evil.example")].compactMap(\.self)
        #expect(logins.route(request) == .login)
    }

    /// Store, keys and even the cookie's value in common: the session is one client's at one issuer.
    @Test(arguments: [("https://other.example", "web-app"), (OddProvider.issuer, "other-client")])
    func aSessionIsOneClientsAtOneIssuer(issuer: String, client: String) async throws {
        let store = MemorySessionStore()
        let clock = ManualClock()
        let provider = OddProvider(clock: clock)
        let staff = try flow("staff", provider: provider, store: store)
        let other = try flow("guests", issuer: issuer, client: client, store: store)
        let begun = await staff.respond(to: FlowFixture.request("/staff/login"), on: .login)
        let query = (try? FormEncoding.decode(begun.location?.split(separator: "?").last ?? "")) ?? []
        provider.remember(nonce: query.onlyValue(named: "nonce") ?? "")
        let reply = await staff.respond(
            to: FlowFixture.request(
                "/staff/callback?code=c&state=" + (query.onlyValue(named: "state") ?? ""),
                cookie: begun.cookies.joined(separator: "; ")), on: .callback)
        let session = try #require(reply.cookies.first { $0.hasPrefix("__Host-staff-session=") })
        let moved = session.replacing("staff", with: "guests")
        let visit = FlowFixture.request("/a", cookie: session + "; " + moved)
        guard case .session = await staff.admit(visit, requiring: .none) else {
            Issue.record("the flow's own session is not found")
            return
        }
        guard case .visitor = await other.admit(visit, requiring: .none) else {
            Issue.record("another client's session is taken")
            return
        }
    }
}
