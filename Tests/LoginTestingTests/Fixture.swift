import APIClient
import APIGuard
import DevAuthServer
import JOSE
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import WireFormats

/// The shop with a provider and a guarded API in one process, as a test of a stranger's app would set it up: public
/// products only.
struct Fixture {
    static let audience = "https://api.example"
    static let key = Result { try SigningKey.generate(.rs256) }
    static let alice = Result {
        DevAccount(
            username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
            name: "Alice", email: "alice@example.com")
    }

    let clock = TestClock()
    let server: DevAuthServer
    let transport: TestTransport
    let flow: LoginFlow
    let shop: Shop

    init(cookies: CookieSessions? = nil, hooks: any LoginHooks = NoHooks()) throws {
        let base = "http://localhost:3000"
        let secret = ClientSecret("a secret of the tests")
        server = try DevAuthServer(
            issuer: Issuer("http://localhost:3001", allowing: .loopback),
            clients: [
                DevClient(
                    id: ClientID("shop"), name: "Shop", secret: secret,
                    redirectURIs: [EndpointURL(base + "/callback", allowing: .loopback)],
                    postLogoutRedirectURIs: [EndpointURL(base + "/", allowing: .loopback)])
            ],
            accounts: [Fixture.alice.get()], apiAudience: Fixture.audience, signingKey: Fixture.key.get(),
            environment: nil, clock: clock.wallClock)
        transport = TestTransport(server: server)
        var settings = LoginSettings(
            issuer: server.issuer, clientID: try ClientID("shop"), clientSecret: secret,
            baseURL: try EndpointURL(base, allowing: .loopback))
        settings.scope = try Scope("openid email read:demo" + (cookies == nil ? " offline_access" : ""))
        settings.audience = Fixture.audience
        settings.plaintext = .loopback
        var environment = LoginFlow.Environment(transport: transport)
        environment.hooks = hooks
        environment.use(clock)
        let keys = SealingKeys(generatedBy: .system)
        flow =
            if let cookies {
                try LoginFlow(settings, cookies: cookies, keys: keys, environment: environment)
            } else {
                try LoginFlow(settings, store: MemorySessionStore(), keys: keys, environment: environment)
            }
        shop = Shop(flow: flow)
    }

    static func flow(_ kind: SessionKind, hooks: any LoginHooks = NoHooks()) throws -> Fixture {
        switch kind {
        case .store: try Fixture(hooks: hooks)
        case .cookies: try Fixture(cookies: CookieSessions(epoch: RevocationEpoch(.distantPast)), hooks: hooks)
        }
    }

    /// Where sessions are.
    enum SessionKind: CaseIterable, Sendable { case store, cookies }

    func browser() throws -> TestBrowser {
        try TestBrowser(for: flow, server: server) { [shop] request in await shop.answer(request) }
    }

    /// Puts an API that requires tokens of the server behind `https://api.example`.
    func guardAPI() throws {
        let keys = RemoteJWKSet(
            try EndpointURL("\(server.issuer)/jwks", allowing: .loopback), of: server.issuer,
            transport: server.transport, clock: clock.wallClock)
        let guardian = APIGuard(
            verifier: AccessTokenVerifier(
                keys: keys, algorithms: [.rs256], audience: Fixture.audience, profile: .rfc9068))
        let scope = try Scope("read:demo")
        transport.answer(for: try EndpointURL("https://api.example").origin) { [clock] request in
            let values = request.fields.values(named: "Authorization")
            switch await guardian.authorize(authorization: values, requiring: scope, at: clock.now) {
            case .failure(let refusal): return TransportResponse(status: refusal.status, fields: refusal.fields)
            case .success(let claims):
                return TransportResponse(status: 200, body: Array("orders of \(claims.subject)".utf8))
            }
        }
    }

    /// How many token requests asked for this grant.
    func count(grant: String) -> Int {
        transport.requests.count { String(decoding: $0.body, as: UTF8.self).contains("grant_type=\(grant)") }
    }
}

extension BrowserReply {
    var text: String { String(decoding: body, as: UTF8.self) }
}
