import AuthURL
import OAuthTypes
import TestSupport
import WireFormats

/// A login as most tests need it.
enum LoginFixture {
    static let now = UnixTime(seconds: 1_800_000_000)

    static func provider(
        authorizationEndpoint: String = "https://login.example/authorize", issuer: String = "https://login.example"
    ) throws -> ProviderMetadata {
        try ProviderMetadata(
            issuer: Issuer(issuer), authorizationEndpoint: EndpointURL(authorizationEndpoint),
            tokenEndpoint: EndpointURL("https://login.example/token"),
            jwksURI: EndpointURL("https://login.example/jwks"))
    }

    static func request(
        clientID: String = "shop", redirectURI: String = "https://app.example/callback"
    ) throws -> AuthorizationRequest {
        try AuthorizationRequest(
            clientID: ClientID(clientID), redirectURI: EndpointURL(redirectURI), scope: Scope("openid profile"))
    }

    static func start(
        _ request: AuthorizationRequest? = nil, at provider: ProviderMetadata? = nil,
        returningTo path: ReturnPath = .root,
        correlationID: String = "c0ffee", random: RandomSource = .system, now: UnixTime = now
    ) throws -> StartedLogin {
        try PendingLogin.start(
            request ?? LoginFixture.request(), at: provider ?? LoginFixture.provider(), returningTo: path,
            correlationID: correlationID, random: random, now: now)
    }

    /// The parameters of a URL, read as a form.
    static func parameters(of url: String) throws -> [FormField] {
        let query = url.split(separator: "?", maxSplits: 1).dropFirst().joined()
        return try FormEncoding.decode(query)
    }

    static func value(_ name: String, in url: String) throws -> String? {
        let found = try parameters(of: url).filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }
}
