import CryptoPrimitives
import DevAuthServer
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// A server with two apps and two users, a clock that stands still, and what a strict app would send.
struct Fixture {
    static let issuerText = "http://localhost:3001"
    static let callback = "http://localhost:3000/callback"
    static let afterLogout = "http://localhost:3000/"
    static let secret = "s3cret & sound=%+"
    static let verifier = String(repeating: "v", count: 43)
    static let challenge = Base64URL.encode(SHA2.sha256(Array(verifier.utf8)))

    /// One key for all tests: generating one takes longer than most of them.
    private static let key = Result { try SigningKey.generate(.rs256) }

    let clock = ManualClock()
    let server: DevAuthServer

    init(
        issuer: String = issuerText, lifetimes: DevLifetimes = DevLifetimes(), rules: [DevRule] = [],
        ruleTimeLimit: Duration = .seconds(60), scopes: [DevScope] = [.readDemo],
        changing change: (inout DevClient, inout [DevAccount]) throws -> Void = { _, _ in }
    ) throws {
        var (app, accounts) = (try Self.app(), try Self.accounts())
        try change(&app, &accounts)
        server = try DevAuthServer(
            issuer: Issuer(issuer, allowing: .loopback), clients: [app, Self.otherApp()],
            accounts: accounts, apiAudience: "urn:demo-api", apiScopes: scopes, lifetimes: lifetimes, rules: rules,
            ruleTimeLimit: ruleTimeLimit, signingKey: Self.key.get(), environment: nil, clock: clock.wall,
            random: .system)
    }

    static func app() throws -> DevClient {
        try DevClient(
            id: ClientID("web-app"), name: "Demo App", secret: ClientSecret(secret),
            redirectURIs: [EndpointURL(callback, allowing: .loopback)],
            postLogoutRedirectURIs: [EndpointURL(afterLogout, allowing: .loopback)])
    }

    static func otherApp() throws -> DevClient {
        try DevClient(
            id: ClientID("other-app"), name: "Other App", secret: ClientSecret("other secret"),
            redirectURIs: [EndpointURL("http://localhost:4000/cb", allowing: .loopback)])
    }

    static func accounts() throws -> [DevAccount] {
        try [
            DevAccount(
                username: "alice", password: DevPassword("correct horse"), subject: SubjectID("user-1"), name: "Alice",
                email: "alice@example.com"),
            DevAccount(
                username: "bob", password: DevPassword("battery staple"), subject: SubjectID("user-2"), name: "Bob",
                email: "bob@example.com", isEmailVerified: false),
        ]
    }

    /// A browser that knows no server but this one.
    func browser() -> ScriptedUserAgent {
        let server = server
        return ScriptedUserAgent([
            server.issuer.origin: { request in
                let response = await server.respond(
                    to: DevRequest(request.method, request.target, fields: request.fields, body: request.body))
                return ScriptedUserAgent.Response(
                    status: response.status, fields: response.fields, body: response.body)
            }
        ])
    }

    /// The code that the page shows in the place of a mail.
    static func sentCode(on page: ScriptedUserAgent.Page) throws -> String {
        try #require(page.text(of: "login-code"))
    }

    static let request = [
        ("client_id", "web-app"), ("redirect_uri", callback), ("response_type", "code"),
        ("scope", "openid profile email offline_access read:demo"), ("state", "state-1"), ("nonce", "nonce-1"),
        ("code_challenge", challenge), ("code_challenge_method", "S256"),
    ]

    /// The target of an authorization request; changing a parameter to nil leaves it out.
    static func authorize(_ changes: [String: String?] = [:], also: [(String, String)] = []) -> String {
        var fields = request.filter { changes[$0.0] == nil }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) { if let value { fields.append((name, value)) } }
        return "/authorize?" + FormEncoding.encode((fields + also).map { FormField(name: $0, value: $1) })
    }

    static func address(_ changes: [String: String?] = [:], also: [(String, String)] = []) -> String {
        issuerText + authorize(changes, also: also)
    }

    /// Logs in and allows; returns the page at which the app's callback is reached.
    func walk(
        _ browser: inout ScriptedUserAgent, as user: String = "alice", changing changes: [String: String?] = [:]
    ) async throws -> ScriptedUserAgent.Page {
        let login = try await browser.open(Self.address(changes))
        let password = user == "alice" ? "correct horse" : "battery staple"
        let consent = try await browser.logIn(on: login, as: user, password: password)
        guard consent.unfollowed == nil else { return consent }
        return try await browser.submit("consent", on: consent, action: "allow")
    }

    /// A fresh code of alice's.
    func code(_ changes: [String: String?] = [:]) async throws -> String {
        var browser = browser()
        return try #require(try await walk(&browser, changing: changes).parameters("code").first)
    }

    static func basic(_ id: String = "web-app", secret: String = secret) -> HeaderField? {
        let pair = FormEncoding.encodeComponent(id) + ":" + FormEncoding.encodeComponent(secret)
        return HeaderField("Authorization", "Basic " + Base64.encode(Array(pair.utf8)))
    }

    /// A form POST, by default with the app's Basic credentials.
    func post(
        _ path: String, form: [(String, String)], authorization: HeaderField? = basic()
    ) async -> DevResponse {
        let type = HeaderField("Content-Type", "application/x-www-form-urlencoded")
        let body = FormEncoding.encode(form.map { FormField(name: $0, value: $1) })
        return await server.respond(
            to: DevRequest(.post, path, fields: [type, authorization].compactMap(\.self), body: Array(body.utf8)))
    }

    static func codeForm(_ code: String, changing changes: [String: String?] = [:]) -> [(String, String)] {
        let form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback),
            ("code_verifier", verifier),
        ]
        return form.filter { changes[$0.0] == nil }
            + changes.sorted { $0.key < $1.key }.compactMap { name, value in value.map { (name, $0) } }
    }

    func requestTokens(for code: String, changing changes: [String: String?] = [:]) async -> DevResponse {
        await post("/token", form: Self.codeForm(code, changing: changes))
    }

    func refresh(_ token: String, adding more: [(String, String)] = []) async -> DevResponse {
        await post("/token", form: [("grant_type", "refresh_token"), ("refresh_token", token)] + more)
    }

    func get(_ target: String, fields: [(String, String)] = []) async -> DevResponse {
        await server.respond(to: DevRequest(.get, target, fields: fields.compactMap { HeaderField($0, $1) }))
    }

    func userInfo(_ token: String) async -> DevResponse {
        await get("/userinfo", fields: [("Authorization", "Bearer \(token)")])
    }

    /// The tokens of a fresh login.
    func tokens(_ changes: [String: String?] = [:]) async throws -> JSONObject {
        let response = await requestTokens(for: try await code(changes))
        try #require(response.status == 200)
        return try response.json
    }
}

extension DevResponse {
    var json: JSONObject { get throws { try JSONReader.object(body) } }

    /// The code of an OAuth error answer.
    var error: String? { (try? json)?["error"]?.stringValue }

    var text: String { String(decoding: body, as: UTF8.self) }

    func field(_ name: String) -> String? { fields.onlyValue(named: name) }
}

extension JSONObject {
    func text(_ name: String) throws -> String { try #require(self[name]?.stringValue) }

    /// The claims of a token, its signature not checked.
    func claims(of name: String) throws -> JSONObject {
        let payload = try text(name).split(separator: ".")[1]
        return try JSONReader.object(try #require(Base64URL.decode(String(payload))))
    }
}
