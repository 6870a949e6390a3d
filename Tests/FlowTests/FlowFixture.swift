import APIClient
import CryptoPrimitives
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// A web app and a provider in one process, with a clock that stands still and a transport that can be tampered with.
struct FlowFixture {
    static let base = "http://localhost:3000"
    static let secret = "s3cret-of-the-client"
    static let audience = "https://api.example"
    static let key = Result { try SigningKey.generate(.rs256) }

    let clock: ManualClock
    let server: DevAuthServer
    let transport: TamperingTransport
    let store: any SessionStore
    let events = EventRecorder()
    let flow: LoginFlow

    init(
        store: any SessionStore = MemorySessionStore(), keys: SealingKeys? = nil, ring: SealingKeyRing? = nil,
        hooks: any LoginHooks = NoHooks(),
        secret: String = secret, base: String = base, clock: ManualClock = ManualClock(),
        sharing other: FlowFixture? = nil, sleeper: Sleeper? = nil, cookies: CookieSessions? = nil,
        offline: Bool = true, leases: CodeLeaseLimits = CodeLeaseLimits(), observers: [any FlowObserver] = [],
        configure: (inout LoginSettings) -> Void = { _ in }, client: (inout DevClient) -> Void = { _ in }
    ) throws {
        self.clock = clock
        self.store = store
        server = try other?.server ?? FlowFixture.server(clock, base: base, client: client)
        transport = other?.transport ?? TamperingTransport(server.transport)
        var settings = LoginSettings(
            issuer: server.issuer, clientID: try ClientID("web-app"), clientSecret: ClientSecret(secret),
            baseURL: try EndpointURL(base, allowing: .loopback))
        let offline = offline && cookies == nil ? " offline_access" : ""
        settings.scope = try Scope("openid profile email read:demo" + offline)
        settings.audience = FlowFixture.audience
        settings.plaintext = .loopback
        configure(&settings)
        var environment = LoginFlow.Environment(transport: transport)
        environment.clock = clock.wall
        environment.hooks = hooks
        environment.observers = [events] + observers
        environment.leaseLimits = leases
        // A twentieth of the time: long enough for others to get on, short enough for a test.
        environment.sleeper = sleeper ?? Sleeper { try? await Task.sleep(for: $0 / 20) }
        let keys = keys ?? SealingKeys(generatedBy: .system)
        flow =
            switch (cookies, ring) {
            case (let cookies?, let ring?):
                try LoginFlow(settings, cookies: cookies, ring: ring, environment: environment)
            case (let cookies?, nil): try LoginFlow(settings, cookies: cookies, keys: keys, environment: environment)
            case (nil, let ring?): try LoginFlow(settings, store: store, ring: ring, environment: environment)
            case (nil, nil): try LoginFlow(settings, store: store, keys: keys, environment: environment)
            }
    }

    private static func server(
        _ clock: ManualClock, base: String, client change: (inout DevClient) -> Void
    ) throws -> DevAuthServer {
        var client = try DevClient(
            id: ClientID("web-app"), name: "Web app", secret: ClientSecret(secret),
            redirectURIs: [EndpointURL(base + "/callback", allowing: .loopback)],
            postLogoutRedirectURIs: [EndpointURL(base + "/", allowing: .loopback)])
        change(&client)
        return try DevAuthServer(
            issuer: Issuer("http://localhost:3001", allowing: .loopback), clients: [client],
            accounts: [
                DevAccount(
                    username: "alice", password: DevPassword("alice's password"), subject: SubjectID("subject-a"),
                    name: "Alice", email: "alice@example.com"),
                DevAccount(
                    username: "bob", password: DevPassword("bob's password"), subject: SubjectID("subject-b"),
                    name: "Bob", email: "bob@example.com"),
            ],
            apiAudience: audience, signingKey: key.get(), environment: nil, clock: clock.wall)
    }
}

extension FlowFixture {
    typealias Browser = ScriptedUserAgent

    /// A browser that knows the app and the provider.
    func browser() throws -> Browser {
        try Browser([
            EndpointURL(FlowFixture.base, allowing: .loopback).origin: { request in await visitApp(request) },
            server.issuer.origin: { request in await visitServer(request) },
        ])
    }

    /// A browser in which the provider's redirect back to the app is not followed.
    func interceptedBrowser() -> Browser {
        Browser([server.issuer.origin: { request in await visitServer(request) }])
    }

    /// Logs in and answers the page that `path` shows then.
    func logIn(_ browser: inout Browser, as user: String = "alice", path: String = "/private") async throws
        -> Browser.Page
    {
        let loginPage = try await browser.open(FlowFixture.base + path)
        let next = try await browser.logIn(on: loginPage, as: user, password: "\(user)'s password")
        guard next.forms.contains(where: { $0.id == "consent" }) else { return next }
        return try await browser.submit("consent", on: next, action: "allow")
    }

    /// The app: `/` for everyone, everything else for logged-in users, whose subject it shows.
    func answer(_ request: BrowserRequest) async -> BrowserReply {
        if let route = flow.route(request.method, target: request.target) {
            return await flow.respond(to: request, on: route)
        }
        switch await flow.admit(request, requiring: request.target == "/" ? .none : .login) {
        case .reply(let reply): return reply
        case .visitor(let fields): return BrowserReply(status: 200, body: Array("nobody".utf8)).adding(fields)
        case .session(let session, let fields):
            return BrowserReply(status: 200, body: Array("user \(session.subject)".utf8)).adding(fields)
        }
    }

    private func visitApp(_ request: Browser.Request) async -> Browser.Response {
        let reply = await answer(
            BrowserRequest(request.method, target: request.target, fields: request.fields, body: request.body))
        return Browser.Response(status: reply.status, fields: reply.fields, body: reply.body)
    }

    private func visitServer(_ request: Browser.Request) async -> Browser.Response {
        let answer = await server.respond(
            to: DevRequest(request.method, request.target, fields: request.fields, body: request.body))
        return Browser.Response(status: answer.status, fields: answer.fields, body: answer.body)
    }
}

/// A login that is as far as the provider's redirect back to the app.
struct Returning {
    /// The callback's target: path and query.
    var target: String
    /// The app's cookies, as the browser would send them.
    let cookie: String

    func request(_ target: String? = nil, cookie: String? = nil, method: HTTPMethod = .get) -> BrowserRequest {
        let pairs = [("Cookie", cookie ?? self.cookie), ("Accept", "text/html")]
        return BrowserRequest(
            method, target: target ?? self.target,
            fields: pairs.compactMap { $0.1.isEmpty ? nil : HeaderField($0.0, $0.1) })
    }

    /// The target with one parameter changed, added, or left out.
    func target(setting name: String, to value: String?) -> String {
        var fields = (try? FormEncoding.decode(target.split(separator: "?").last ?? "")) ?? []
        fields.removeAll { $0.name == name }
        if let value { fields.append(FormField(name: name, value: value)) }
        return "/callback?" + FormEncoding.encode(fields)
    }
}

extension FlowFixture {
    /// Begins a login and carries it as far as the redirect back.
    func returning(as user: String = "alice", from path: String = "/private") async throws -> Returning {
        let begun = await answer(
            BrowserRequest(.get, target: path, fields: [HeaderField("Accept", "text/html")].compactMap(\.self)))
        // As at the many providers that ignore the mode.
        let location = (begun.fields.onlyValue(named: "Location") ?? "").replacing("&response_mode=form_post", with: "")
        var browser = interceptedBrowser()
        let loginPage = try await browser.open(location)
        let consent = try await browser.logIn(on: loginPage, as: user, password: "\(user)'s password")
        let page =
            consent.unfollowed == nil ? try await browser.submit("consent", on: consent, action: "allow") : consent
        let callback = page.unfollowed
        return Returning(
            target: (callback?.path ?? "") + "?" + (callback?.query ?? ""),
            cookie: begun.cookies.joined(separator: "; "))
    }
}

extension FlowFixture {
    /// Logs in and answers the session cookie as `name=value`.
    func loggedIn(as user: String = "alice") async throws -> String {
        let reply = try await answer(returning(as: user).request())
        return try #require(reply.cookies.first { $0.contains("session") })
    }

    /// A browser's GET or POST with these cookies.
    func visit(
        _ target: String, cookie: String = "", method: HTTPMethod = .get, accept: String = "text/html",
        form: [(String, String)] = []
    ) async -> BrowserReply {
        await answer(FlowFixture.request(target, cookie: cookie, method: method, accept: accept, form: form))
    }

    static func request(
        _ target: String, cookie: String = "", method: HTTPMethod = .get, accept: String = "text/html",
        form: [(String, String)] = []
    ) -> BrowserRequest {
        let type = method == .post ? "application/x-www-form-urlencoded" : ""
        let pairs = [("Cookie", cookie), ("Accept", accept), ("Content-Type", type)].filter { !$0.1.isEmpty }
        let body = FormEncoding.encode(form.map { FormField(name: $0.0, value: $0.1) })
        return BrowserRequest(
            method, target: target, fields: pairs.compactMap { HeaderField($0.0, $0.1) }, body: Array(body.utf8))
    }

    /// The session behind a cookie.
    func session(_ cookie: String) async throws -> LoginSession {
        guard
            case .session(let session, _) = await flow.admit(FlowFixture.request("/", cookie: cookie), requiring: .none)
        else { throw NoSessionError() }
        return session
    }

    struct NoSessionError: Error {}

    /// Returns when everything that was under way is done.
    func drain() async {
        let housekeeping = Task { await flow.run(every: .seconds(3600)) }
        housekeeping.cancel()
        await housekeeping.value
    }

    /// Changes the token endpoint's answers from now on.
    func tamperTokens(_ change: @escaping @Sendable (inout JSONObject) -> Void) {
        transport.tamper { request, response in
            guard request.url.path == "/token", var object = try? JSONReader.object(response.body) else {
                return response
            }
            change(&object)
            return TransportResponse(
                status: response.status, fields: response.fields, body: JSONWriter.bytes(object))
        }
    }

    /// How many token requests asked for this grant.
    func count(grant: String) -> Int {
        transport.requests.count {
            $0.url.path == "/token" && String(decoding: $0.body, as: UTF8.self).contains("grant_type=\(grant)")
        }
    }
}

extension JSONObject {
    /// The payload of a token.
    init(payloadOf token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.count == 3 ? Base64URL.decode(String(parts[1])) : nil
        self = octets.flatMap { try? JSONReader.object($0) } ?? [:]
    }
}

extension BrowserReply {
    /// `name=value` of every cookie that the reply sets and does not expire.
    var cookies: [String] {
        fields.values(named: "Set-Cookie").filter { !$0.contains("Max-Age=0") }.map { String($0.prefix { $0 != ";" }) }
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { fields.onlyValue(named: "Location") }
    var sessionCookies: [String] { cookies.filter { $0.hasPrefix("session") } }
    var setsSession: Bool { !sessionCookies.isEmpty }
}
