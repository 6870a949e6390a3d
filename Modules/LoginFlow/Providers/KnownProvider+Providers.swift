import AuthURL
import JOSE
public import OAuthTypes
import TokenExchange

extension KnownProvider {
    /// Auth0. Its issuer ends with a slash, and its own logout is used while the standard's is switched off.
    /// - Parameter domain: the tenant's domain, or the custom one.
    public static func auth0(domain: String) -> KnownProvider {
        var provider = below(domain, such: "shop.eu.auth0.com", named: "Auth0", path: "/")
        provider.rules.logout = .auth0
        return provider
    }

    /// Google. A refresh token is requested with `access_type=offline`, because Google does not know `offline_access`.
    public static let google: KnownProvider = {
        var provider = KnownProvider("Google", issuer: "https://accounts.google.com")
        provider.rules.offlineParameters = [("access_type", "offline")]
        return provider
    }()

    /// Google, for the users of one Workspace domain: requested with `hd`, and demanded of the ID token, because the
    /// request is only a wish that the user can change.
    /// - Parameter hostedDomain: the primary domain of the organization.
    public static func google(hostedDomain: String) -> KnownProvider {
        let domain = hostedDomain.lowercased()
        if let fault = hostFault(domain, of: "hostedDomain", such: "shop.example") {
            return KnownProvider("Google", fault: fault)
        }
        var provider = google
        var requirement = ClaimRequirement(.hostedDomain, isOneOf: [domain], comparing: .ignoringCase)
        requirement.mayBeAbsentAtRefresh = true
        provider.rules.requiredClaims = [requirement]
        provider.rules.parameters = [("hd", domain)]
        return provider
    }

    /// Apple. Name and address come only with a response by `form_post`, the name beside the ID token and only at the
    /// first login: ``CompletedLogin/unverifiedUser``.
    public static let apple: KnownProvider = {
        var provider = KnownProvider("Apple", issuer: "https://appleid.apple.com")
        provider.scope = ["openid", "name", "email"]
        provider.responseMode = .formPost
        provider.clientAuthenticationMethod = .clientSecretPost
        provider.asksUserInfo = false
        provider.rules.takesUserOfFormPost = true
        return provider
    }()

    /// Okta's org authorization server.
    /// - Parameter domain: the org's domain, without `-admin`.
    public static func okta(domain: String) -> KnownProvider { okta(domain, path: "") }

    /// A custom authorization server of Okta: for apps that call APIs of their own.
    /// - Parameters:
    ///   - domain: the org's domain, without `-admin`.
    ///   - authorizationServer: the server's identifier, such as `default`.
    public static func okta(domain: String, authorizationServer: String) -> KnownProvider {
        let fix = "Give the identifier from Security, API; 'default' is that of the first one."
        if let fault = segmentFault(authorizationServer, of: "authorizationServer", fix: fix) {
            return KnownProvider("Okta", fault: fault)
        }
        return okta(domain, path: "/oauth2/\(authorizationServer)")
    }

    private static func okta(_ domain: String, path: String) -> KnownProvider {
        let organization = domain.lowercased().prefix { $0 != "." }
        guard !organization.hasSuffix("-admin") else {
            return KnownProvider(
                "Okta",
                fault: SettingFault(
                    setting: "domain", problem: "it is the address of the admin console",
                    fix:
                        "Leave out '-admin': \(domain.replacing("-admin.", with: ".", maxReplacements: 1).printable(upTo: 64))."
                ))
        }
        return below(domain, such: "shop.okta.com", named: "Okta", path: path)
    }

    /// A realm of Keycloak.
    /// - Parameters:
    ///   - base: the URL of the server as browsers see it, with `/auth` where the server has that path.
    ///   - realm: the realm's name.
    ///   - plaintext: whether `http` is accepted on loopback, for development.
    public static func keycloak(base: String, realm: String, allowing plaintext: PlaintextHTTP = .refused)
        -> KnownProvider
    {
        let fix = "Give the realm's name; for one with other characters copy the issuer from the realm's metadata."
        if let fault = segmentFault(realm, of: "realm", fix: fix) { return KnownProvider("Keycloak", fault: fault) }
        let base = base.hasSuffix("/") ? String(base.dropLast()) : base
        do { _ = try Issuer(base, allowing: plaintext) } catch {
            return KnownProvider(
                "Keycloak",
                fault: SettingFault(
                    setting: "base", problem: error.description, fix: "Give a URL such as https://sso.shop.example."))
        }
        guard !base.contains("/realms/") else {
            return KnownProvider(
                "Keycloak",
                fault: SettingFault(
                    setting: "base", problem: "it has a realm already", fix: "Give what stands in front of /realms/."))
        }
        return KnownProvider("Keycloak", issuer: "\(base)/realms/\(realm)", allowing: plaintext)
    }

    /// A user pool of Amazon Cognito. The ID token of a refresh has a new `auth_time`, and the logout takes other
    /// parameters than its metadata promises.
    /// - Parameters:
    ///   - region: the region, such as `eu-central-1`.
    ///   - userPool: the pool's ID, which begins with the region.
    public static func cognito(region: String, userPool: String) -> KnownProvider {
        let name = "Amazon Cognito"
        let fix = "Give the region, such as eu-central-1, and the pool's ID, such as eu-central-1_a1B2c3D4e."
        if let fault = segmentFault(region, of: "region", fix: fix) ?? segmentFault(userPool, of: "userPool", fix: fix)
        {
            return KnownProvider(name, fault: fault)
        }
        guard userPool.hasPrefix(region + "_"), userPool.utf8.count > region.utf8.count + 1 else {
            return KnownProvider(
                name, fault: SettingFault(setting: "userPool", problem: "it does not begin with the region", fix: fix))
        }
        let top = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        var provider = KnownProvider(name, issuer: "https://cognito-idp.\(region).\(top)/\(userPool)")
        provider.deviations = [.newAuthTimeAtRefresh]
        provider.rules.logout = .amazonCognito
        return provider
    }
}

// Providers whose settings are few, and known from reports and manuals.
extension KnownProvider {
    /// LinkedIn: neither nonce nor PKCE; see ``LoginDeviation/linkedIn`` for what that gives up.
    public static let linkedIn: KnownProvider = {
        var provider = KnownProvider("LinkedIn", issuer: "https://www.linkedin.com/oauth")
        provider.deviations = [.linkedIn]
        provider.clientAuthenticationMethod = .clientSecretPost
        return provider
    }()

    /// LINE: web logins have ID tokens signed with the channel secret; see ``LoginDeviation/hs256ByClientSecret``.
    public static let line: KnownProvider = {
        var provider = KnownProvider("LINE", issuer: "https://access.line.me")
        provider.deviations = [.hs256ByClientSecret]
        provider.clientAuthenticationMethod = .clientSecretPost
        return provider
    }()

    /// Twitch: the scope of a token response is an array, and an address needs `user:read:email` and the parameter `claims`.
    public static let twitch: KnownProvider = {
        var provider = KnownProvider("Twitch", issuer: "https://id.twitch.tv/oauth2")
        provider.scope = ["openid", "user:read:email"]
        provider.clientAuthenticationMethod = .clientSecretPost
        return provider
    }()

    /// Slack: failures of the token endpoint come with status 200.
    public static let slack: KnownProvider = {
        var provider = KnownProvider("Slack", issuer: "https://slack.com")
        provider.scope = ["openid", "profile", "email"]
        provider.clientAuthenticationMethod = .clientSecretPost
        return provider
    }()

    /// ZITADEL: ID tokens name the project and its other clients as audiences.
    /// - Parameters:
    ///   - domain: the instance's domain.
    ///   - trustedAudiences: the project's ID and client IDs besides the app's own, as ID tokens have them in `aud`; see
    ///     ``LoginDeviation/trustedAudiences(_:)``.
    public static func zitadel(domain: String, trustedAudiences: [String] = []) -> KnownProvider {
        var provider = below(domain, such: "shop-a1b2c3.zitadel.cloud", named: "ZITADEL")
        if !trustedAudiences.isEmpty { provider.deviations = [.trustedAudiences(trustedAudiences)] }
        return provider
    }
}
