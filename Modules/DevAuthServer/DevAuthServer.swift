import Concurrency
public import JOSE
public import OAuthTypes
import WireFormats

/// An OpenID provider for development and tests. It maps request values to response values and opens no sockets.
///
/// It serves discovery, keys, login and consent pages, pushed requests, tokens, UserInfo, revocation and logout under its
/// issuer: `/.well-known/openid-configuration`, `/jwks`, `/authorize`, `/par`, `/token`, `/userinfo`, `/revoke`,
/// `/oauth2/logout`. It is as strict as the strictest providers: code flow with PKCE S256 only, redirect URIs compared
/// octet by octet, codes, pushed requests and assertions valid once, refresh tokens that rotate, `iss` in every
/// authorization response. Responses come in the query or by `form_post`, plain or signed. Put it behind an HTTP server
/// with ``respond(to:)``, or give ``transport`` to a client in the same process.
///
/// All state is in memory, within fixed bounds, and ends with the object. Issuer and redirect URIs must be loopback;
/// production is refused. Whoever reaches it can log in as anyone: its login page names the accounts, shows the codes that
/// other servers send by mail, and has a button in the place of another identity provider (``DevLoginOption``).
///
/// Scripts can drive the pages. The form `login` has the fields `username` and `password` and the button `action=login`,
/// the form `consent` a box for each scope value and the buttons `action=allow` and `action=deny`, the form `logout` the
/// buttons `action=logout` and `action=stay`.
public final class DevAuthServer: Sendable {
    /// The issuer identifier in tokens and metadata.
    public let issuer: Issuer

    let clients: [DevClient]
    let accounts: [DevAccount]
    let apiAudience: String
    let scopes: [DevScope]
    let lifetimes: DevLifetimes
    let ruleRunner: RuleRunner
    let clock: WallClock
    let random: RandomSource
    let signer: SigningKey
    let publicKeys: JSONObject
    let basePath: String
    let cookieNames: CookieNames
    let formToken: FormToken
    private let interception: Interception?
    let state = Lock(ServerState())

    /// Creates a server. Without a `signingKey` it generates an RSA key, which takes a tenth of a second or more.
    /// - Parameters:
    ///   - issuer: `http://localhost:PORT`, or another loopback URL.
    ///   - clients: The apps.
    ///   - accounts: The users; ``DevAccount/samples(random:)`` makes two.
    ///   - apiAudience: The claim `aud` of access tokens, and the only `audience` that apps may request.
    ///   - apiScopes: The scope values that apps may request besides `openid`, `profile`, `email` and `offline_access`.
    ///   - lifetimes: How long codes and tokens are valid.
    ///   - rules: Your own checks, run at every login.
    ///   - ruleTimeLimit: How long each rule may take.
    ///   - signingKey: The RS256 key that signs tokens; nil generates one. Tests that start many servers can share a key.
    ///   - environment: The value of `LOGIN_ENV`; `production` is refused.
    ///   - clock: The source of the time.
    ///   - random: The source of codes and tokens.
    /// - Throws: `SettingsError`, which names every fault of the settings.
    public convenience init(
        issuer: Issuer, clients: [DevClient], accounts: [DevAccount], apiAudience: String,
        apiScopes: [DevScope] = [.readDemo], lifetimes: DevLifetimes = DevLifetimes(), rules: [DevRule] = [],
        ruleTimeLimit: Duration = .seconds(3), signingKey: SigningKey? = nil, environment: String?,
        clock: WallClock = .system, random: RandomSource = .system
    ) throws(SettingsError) {
        let settings = DevSettings(
            issuer: issuer, clients: clients, accounts: accounts, apiAudience: apiAudience, apiScopes: apiScopes,
            lifetimes: lifetimes, rules: RuleRunner(rules: rules, limit: ruleTimeLimit), clock: clock, random: random)
        let faults = settings.faults(environment: environment)
        guard faults.isEmpty else { throw SettingsError(faults: faults.map(\.fault)) }
        guard let signer = signingKey ?? (try? SigningKey.generate(.rs256)), signer.algorithm == .rs256 else {
            throw SettingsError(faults: [DevServerFault.signingKey.fault])
        }
        self.init(checked: settings, signer: signer, interception: nil)
    }

    /// Stands between a request and the server's own answer.
    package typealias Interception =
        @Sendable (DevRequest, _ honest: @Sendable (DevRequest) async -> DevResponse) async -> DevResponse

    /// Creates the same server with another one in front of it: for servers that misbehave on purpose.
    package convenience init(_ server: DevAuthServer, interception: @escaping Interception) {
        let settings = DevSettings(
            issuer: server.issuer, clients: server.clients, accounts: server.accounts, apiAudience: server.apiAudience,
            apiScopes: Array(server.scopes.dropFirst(DevScope.standard.count)), lifetimes: server.lifetimes,
            rules: server.ruleRunner, clock: server.clock, random: server.random)
        self.init(checked: settings, signer: server.signer, interception: interception)
    }

    private init(checked settings: DevSettings, signer: SigningKey, interception: Interception?) {
        issuer = settings.issuer
        clients = settings.clients
        accounts = settings.accounts
        apiAudience = settings.apiAudience
        scopes = DevScope.standard + settings.apiScopes
        lifetimes = settings.lifetimes
        ruleRunner = settings.rules
        clock = settings.clock
        random = settings.random
        self.signer = signer
        self.interception = interception
        publicKeys = SigningKey.jwkSet([signer])
        basePath = settings.basePath
        cookieNames = CookieNames(settings.issuer.origin)
        formToken = FormToken(random: settings.random)
    }

    /// Responds to a request. No request makes it throw or trap.
    public func respond(to request: DevRequest) async -> DevResponse {
        guard let interception else { return await ownResponse(to: request) }
        return await interception(request) { await self.ownResponse(to: $0) }
    }

    private func ownResponse(to request: DevRequest) async -> DevResponse {
        let visit: Visit
        do { visit = try Visit(request, basePath: basePath, cookies: cookieNames) } catch {
            return messagePage(
                status: error.status, title: "This request is faulty", words: error.words, turn: .operator
            )
            .sealed()
        }
        return await route(visit).sealed()
    }

    var isSecure: Bool { issuer.origin.scheme == "https" }

    /// 256 random bits, for everything that must not be guessed.
    func randomText() -> String { Base64URL.encode(random.bytes(count: 32)) }
}
