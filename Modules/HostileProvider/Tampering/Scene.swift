import DevAuthServer
import OAuthTypes
import WireFormats

/// An endpoint of the provider whose messages a fault may change.
enum Endpoint: String, CaseIterable {
    case metadata = "/.well-known/openid-configuration"
    case keys = "/jwks"
    case token = "/token"
    case userInfo = "/userinfo"
    case pushedRequest = "/par"
    /// All pages: each may end with an authorization response.
    case pages = ""

    init(target: String, issuer: Issuer) {
        let path = target.prefix { $0 != "?" }
        self = Endpoint.allCases.first { $0 != .pages && path.hasSuffix($0.rawValue) } ?? .pages
    }
}

/// What happened so far, and what a forger may use.
struct Scene {
    let issuer: Issuer
    let now: UnixTime
    let keys: HostileKeys
    /// The client secrets, the first client's first.
    let secrets: [ClientSecret]
    let request: DevRequest
    /// How many codes were redeemed, this one included.
    let logins: Int

    /// The address of an endpoint or of anything else at the provider.
    func address(_ path: String) -> JSONValue {
        .string((issuer.text.hasSuffix("/") ? String(issuer.text.dropLast()) : issuer.text) + path)
    }
}
