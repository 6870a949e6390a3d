import APIClient
import AuthURL
import DevAuthServer
import HostileProvider
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing
import WireFormats

/// An app that logs in at a provider with one fault: public products only, no sockets, a clock that stands still.
struct RelyingParty {
    static let base = "http://localhost:3000"
    static let secret = ClientSecret("canary-client-secret-of-conformance-tests")

    let provider: HostileProvider
    let flow: LoginFlow
    let clock = TestClock()
    let transport: TestTransport
    let events = Events()
    let alice: DevAccount

    init(
        _ fault: HostileProvider.Fault, mode: AuthorizationRequest.ResponseMode = .query,
        changing change: (inout LoginSettings) throws -> Void = { _ in }
    ) throws {
        alice = DevAccount(
            username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
            name: "Alice", email: "alice@example.com")
        let client = DevClient(
            id: try ClientID("client"), name: "Client", secret: Self.secret,
            redirectURIs: [try EndpointURL(Self.base + "/callback", allowing: .loopback)])
        provider = try HostileProvider(
            fault: fault, issuer: Issuer("http://localhost:3001", allowing: .loopback), clients: [client],
            accounts: [alice], apiAudience: "https://api.example", clock: clock.wallClock)
        transport = TestTransport(server: provider.server)
        var settings = LoginSettings(
            issuer: provider.server.issuer, clientID: client.id, clientSecret: Self.secret,
            baseURL: try EndpointURL(Self.base, allowing: .loopback))
        settings.scope = try Scope("openid profile email offline_access")
        settings.responseMode = mode
        settings.plaintext = .loopback
        try change(&settings)
        var environment = LoginFlow.Environment(transport: transport)
        environment.observers = [events]
        environment.use(clock)
        flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment)
        transport.answer(for: try EndpointURL("https://api.example").origin) { request in
            TransportResponse(
                status: 200, body: Array((request.fields.onlyValue(named: "Authorization") ?? "").utf8))
        }
    }

    func browser() throws -> TestBrowser {
        try TestBrowser(for: flow, server: provider.server) { [flow] request in
            await Self.answer(request, flow: flow)
        }
    }

    private static func answer(_ request: BrowserRequest, flow: LoginFlow) async -> BrowserReply {
        if let route = flow.route(request.method, target: request.target) {
            return await flow.respond(to: request, on: route)
        }
        switch await flow.admit(request, requiring: request.target == "/" ? .none : .login) {
        case .reply(let reply): return reply
        case .visitor(let fields): return BrowserReply(status: 200, body: Array("nobody".utf8)).adding(fields)
        case .session(let session, let fields):
            return await page(request.target, of: session, flow: flow).adding(fields)
        }
    }

    private static func page(_ target: String, of session: LoginSession, flow: LoginFlow) async -> BrowserReply {
        guard target == "/api" else { return BrowserReply(status: 200, body: Array(session.claims.text.utf8)) }
        do {
            let url = try EndpointURL("https://api.example/")
            let response = try await flow.apiClient(for: session, origins: [url.origin]).send(APIRequest(.get, url))
            return BrowserReply(status: 200, body: response.body)
        } catch { return BrowserReply(status: 502, body: Array("\(error)".utf8)) }
    }

    /// How many requests went to a path of the provider.
    func count(_ path: String) -> Int { transport.requests.count { $0.url.path == path } }

    /// Whether any request left the provider and the API.
    var askedStrangers: Bool { transport.requests.contains { $0.url.origin.host.contains("elsewhere") } }
}

/// How a login ended.
struct Ending {
    /// The page that the browser shows.
    let page: TestPage
    /// The claims of the session; nil if there is none.
    let claims: JSONObject?
    var browser: TestBrowser

    var isLoggedIn: Bool { claims != nil }
}

extension RelyingParty {
    /// Asks for a page that requires a login, and logs in where the provider shows its login page.
    func logIn(with used: TestBrowser? = nil, at target: String = "/account") async throws -> Ending {
        var browser = try used ?? browser()
        var page = try await browser.open(target)
        if page.forms.contains(where: { $0.id == "login" }) { page = try await browser.logIn(as: alice) }
        let home = try await browser.open("/")
        return Ending(
            page: page, claims: home.text == "nobody" ? nil : try JSONReader.object(home.body), browser: browser)
    }

    /// What the API is called with when the first access token has expired; nil if it is not called.
    func refresh(_ ending: Ending) async throws -> (before: String, after: String?) {
        var browser = ending.browser
        let before = try await browser.open("/api").text
        clock.advance(by: .seconds(7_200))
        let page = try await browser.open("/api")
        return (before, page.status == 200 && page.text.hasPrefix("Bearer") ? page.text : nil)
    }
}

extension JSONObject {
    fileprivate var text: String { JSONWriter.text(self) }
}
