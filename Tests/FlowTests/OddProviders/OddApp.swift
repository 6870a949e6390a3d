import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import WireFormats

/// A web app whose users log in at an ``OddProvider``.
struct OddApp {
    let clock = ManualClock()
    let provider: OddProvider
    let events = EventRecorder()
    let flow: LoginFlow

    init(
        secret: String = "0123456789abcdef0123456789abcdef", hooks: any LoginHooks = NoHooks(),
        cookies: CookieSessions? = nil, bend: (inout OddProvider.Bends) -> Void = { _ in },
        configure: (inout LoginSettings) throws -> Void = { _ in }
    ) throws {
        provider = OddProvider(clock: clock)
        provider.bend(bend)
        var settings = LoginSettings(
            issuer: try Issuer(OddProvider.issuer), clientID: try ClientID("web-app"),
            clientSecret: ClientSecret(secret),
            baseURL: try EndpointURL("https://app.example"))
        try configure(&settings)
        var environment = LoginFlow.Environment(transport: provider)
        environment.clock = clock.wall
        environment.observers = [events]
        environment.hooks = hooks
        let keys = SealingKeys(generatedBy: .system)
        if let cookies {
            flow = try LoginFlow(settings, cookies: cookies, keys: keys, environment: environment)
        } else {
            flow = try LoginFlow(settings, store: MemorySessionStore(), keys: keys, environment: environment)
        }
    }

    /// A login on its way to the provider, or what was answered instead.
    struct Begun {
        let reply: BrowserReply
        let cookie: String

        var location: String { reply.location ?? "" }

        func parameter(_ name: String) -> String? {
            let query = location.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            return (try? FormEncoding.decode(query))?.onlyValue(named: name)
        }
    }

    func begin(_ target: String = "/login?returnTo=/profile") async -> Begun {
        begun(await get(target))
    }

    /// Takes a reply for the beginning of a login.
    func begun(_ reply: BrowserReply) -> Begun {
        Begun(reply: reply, cookie: reply.cookies.joined(separator: "; "))
    }

    /// The browser comes back; `%STATE%` stands for the login's.
    func comeBack(_ login: Begun, _ query: String = "code=c0de&state=%STATE%") async -> BrowserReply {
        provider.remember(nonce: login.parameter("nonce") ?? "")
        let parts = query.split(separator: "%STATE%", omittingEmptySubsequences: false)
        return await get("/callback?" + parts.joined(separator: login.parameter("state") ?? ""), cookie: login.cookie)
    }

    @discardableResult func logIn() async -> BrowserReply { await comeBack(await begin()) }

    /// The session of a reply that begins one.
    func session(_ reply: BrowserReply) async -> LoginSession? {
        let request = FlowFixture.request("/profile", cookie: reply.cookies.joined(separator: "; "))
        guard case .session(let session, _) = await flow.admit(request, requiring: .none) else { return nil }
        return session
    }

    func get(_ target: String, cookie: String = "", accept: String = "text/html") async -> BrowserReply {
        let request = FlowFixture.request(target, cookie: cookie, accept: accept)
        guard let route = flow.route(.get, target: target) else { return BrowserReply(status: 404) }
        return await flow.respond(to: request, on: route)
    }

    /// The details of the events of that name.
    func details(_ event: String) -> [[String: String]] {
        events.events.filter { $0.name == event }.map { event in
            Dictionary(event.details.map { ($0.name, $0.value) }) { first, _ in first }
        }
    }

    /// The diagnosis of the last refusal.
    var diagnosis: String { details("login.refused").last?["diagnosis"] ?? "" }
}

extension BrowserReply {
    /// Whether it gives the browser a session, under whatever name.
    var beginsSession: Bool { cookies.contains { $0.contains("session") } }
}
