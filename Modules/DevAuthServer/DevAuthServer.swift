import Concurrency
public import JOSE
public import OAuthTypes
import WireFormats

/// An OpenID provider for development and tests: a request value comes in, a response value goes out, and there
/// are no sockets.
///
/// It serves discovery, keys, login and consent pages, tokens, UserInfo, revocation and logout under its issuer:
/// `/.well-known/openid-configuration`, `/jwks`, `/authorize`, `/token`, `/userinfo`, `/revoke`, `/oauth2/logout`. The
/// rules it holds apps to are those of a strict provider: code flow with PKCE S256 only, redirect URIs octet for octet,
/// codes for one use, refresh tokens that rotate, `iss` in every authorization response. Put it behind an HTTP server
/// with ``respond(to:)``, or hand ``transport`` to a client in the same process.
///
/// Everything is kept in memory, within fixed bounds, and is gone with the object. Issuer and redirect URIs must be
/// loopback; production is refused. Its pages can be driven by scripts: the login form has the fields `username` and
/// `password` and the button `action=login`, the consent form the buttons `action=allow` and `action=deny`, the logout
/// form `action=logout` and `action=stay`.
public final class DevAuthServer: Sendable {
    /// The identifier that tokens and metadata carry.
    public let issuer: Issuer

    let clients: [DevClient]
    let accounts: [DevAccount]
    let apiAudience: String
    let scopes: [DevScope]
    let lifetimes: DevLifetimes
    let ruleRunner: RuleRunner
    let clock: WallClock
    let random: RandomSource
    let signer: any CompactSigner
    let publicKeys: JSONObject
    let basePath: String
    let cookieNames: CookieNames
    let formToken: FormToken
    let state = Lock(ServerState())

    /// Checks the settings and, unless it is given one, makes an RSA key, which takes a tenth of a second and more.
    /// - Parameters:
    ///   - issuer: `http://localhost:PORT`, or another loopback URL.
    ///   - clients: The apps.
    ///   - accounts: The users; ``DevAccount/samples(random:)`` makes two.
    ///   - apiAudience: The claim `aud` of access tokens, and the one `audience` that apps may ask for.
    ///   - apiScopes: What apps may ask for besides `openid`, `profile`, `email` and `offline_access`.
    ///   - lifetimes: How long codes and tokens are good for.
    ///   - rules: Code of yours that judges logins.
    ///   - ruleTimeLimit: How long each rule may take.
    ///   - signingKey: The RS256 key that signs tokens; nil makes a new one. For tests that start many servers.
    ///   - environment: The value of `LOGIN_ENV`; `production` is refused.
    ///   - clock: What tells the time.
    ///   - random: Where codes and tokens come from.
    /// - Throws: ``DevAuthServerError`` with every fault of the settings at once.
    public convenience init(
        issuer: Issuer, clients: [DevClient], accounts: [DevAccount], apiAudience: String,
        apiScopes: [DevScope] = [.readDemo], lifetimes: DevLifetimes = DevLifetimes(), rules: [DevRule] = [],
        ruleTimeLimit: Duration = .seconds(3), signingKey: SigningKey? = nil, environment: String?,
        clock: WallClock = .system, random: RandomSource = .system
    ) throws(DevAuthServerError) {
        let settings = DevSettings(
            issuer: issuer, clients: clients, accounts: accounts, apiAudience: apiAudience, apiScopes: apiScopes,
            lifetimes: lifetimes, rules: RuleRunner(rules: rules, limit: ruleTimeLimit), clock: clock, random: random)
        let faults = settings.faults(environment: environment)
        guard faults.isEmpty else { throw DevAuthServerError(faults: faults) }
        guard let signer = signingKey ?? (try? SigningKey.generate(.rs256)), signer.algorithm == .rs256 else {
            throw DevAuthServerError(faults: [.signingKey])
        }
        self.init(checked: settings, signer: signer, publicKeys: SigningKey.keySet([signer]))
    }

    private init(checked settings: DevSettings, signer: any CompactSigner, publicKeys: JSONObject) {
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
        self.publicKeys = publicKeys
        basePath = settings.basePath
        cookieNames = CookieNames(settings.issuer.origin)
        formToken = FormToken(random: settings.random)
    }

    /// Answers a request. Whatever comes in, it neither throws nor traps.
    public func respond(to request: DevRequest) async -> DevResponse {
        let visit: Visit
        do { visit = try Visit(request, basePath: basePath, cookies: cookieNames) } catch {
            return messagePage(status: error.status, title: "This request is faulty", error.words, turn: .operator)
                .sealed()
        }
        return await route(visit).sealed()
    }

    var isSecure: Bool { issuer.origin.scheme == "https" }

    /// 256 random bits, for everything that must not be guessed.
    func randomText() -> String { Base64URL.encode(random.bytes(count: 32)) }
}
