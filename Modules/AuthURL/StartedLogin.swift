import CryptoPrimitives
public import OAuthTypes
package import WireFormats

/// A login that is about to leave for the provider. Nothing prints its state.
public struct StartedLogin: Sendable, CustomStringConvertible, CustomReflectable {
    /// What to remember until the callback.
    public let pending: PendingLogin
    /// The `state`: 256 random bits as 43 base64url characters. Only ``PendingLogin/cookieTag(forState:)`` needs it.
    public let state: String
    /// Where to redirect the browser to. It holds state and nonce.
    public let url: FrontChannelURL
    /// The endpoint and the parameters by themselves, for those who send them as the form of a POST (OpenID Connect Core
    /// §3.1.2.1): values that need no URL of their own length.
    package let endpoint: EndpointURL
    package let parameters: [FormField]
    /// The parameters of the request for events: what changes with each login or may name a user is left out.
    public let shownParameters: [FlowEvent.Detail]

    /// Names the login, without its secrets.
    public var description: String { "StartedLogin(\(pending.correlationID), \(pending.issuer))" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension PendingLogin {
    private static let longestURL = 16_384

    /// Begins a login: makes state, nonce and PKCE verifier, 256 random bits each, and the URL that carries them.
    ///
    /// PKCE goes out with S256 always, whatever the metadata says: servers that do not know it ignore it.
    /// - Parameters:
    ///   - request: what to ask for.
    ///   - provider: whom to ask.
    ///   - returnPath: where the browser goes when the login is complete.
    ///   - correlationID: the login's name in events: 1 to 64 printable ASCII characters without spaces.
    ///   - random: `.system`, outside tests.
    ///   - now: the time.
    /// - Throws: ``AuthorizationRequestError`` for a request that no provider could honour.
    public static func start(
        _ request: AuthorizationRequest, at provider: ProviderMetadata, returningTo returnPath: ReturnPath,
        correlationID: String, random: RandomSource, now: UnixTime
    ) throws(AuthorizationRequestError) -> StartedLogin {
        try request.validate(correlationID: correlationID, endpoint: provider.authorizationEndpoint)
        let state = Base64URL.encode(fresh(random))
        let secrets = LoginSecrets(stateDigest: digest(ofState: state), nonce: fresh(random), verifier: fresh(random))
        let demands = LoginDemands(
            maxAge: request.maxAge, acrValues: request.acrValues, responseMode: request.responseMode,
            expectsIss: provider.authorizationResponseIssParameterSupported, traits: request.traits)
        let pending = PendingLogin(
            secrets: secrets, issuer: provider.issuer, clientID: request.clientID, redirectURI: request.redirectURI,
            returnPath: returnPath, demands: demands, createdAt: now, correlationID: correlationID)
        let parameters = request.parameters(state: state, pending: pending)
        let url = FrontChannelURL(setting: parameters, in: provider.authorizationEndpoint)
        guard url.exposedText.utf8.count <= longestURL else { throw .tooLong }
        return StartedLogin(
            pending: pending, state: state, url: url, endpoint: provider.authorizationEndpoint, parameters: parameters,
            shownParameters: parameters.map(\.shown))
    }

    // A source that hands out less than it was asked for would weaken the login in silence.
    private static func fresh(_ random: RandomSource) -> [UInt8] {
        let octets = random.bytes(count: 32)
        precondition(octets.count == 32, "the random source handed out \(octets.count) octets instead of 32")
        return octets
    }

    /// The S256 challenge of the verifier (RFC 7636 §4.2).
    var codeChallenge: String { Base64URL.encode(SHA2.sha256(Array(codeVerifier.exposedText.utf8))) }
}

extension FormField {
    private static let publicNames: Set<String> = [
        "response_type", "client_id", "redirect_uri", "scope", "code_challenge_method", "response_mode", "prompt",
        "max_age", "ui_locales", "acr_values", "audience", "resource",
    ]

    fileprivate var shown: FlowEvent.Detail {
        FormField.publicNames.contains(name) ? FlowEvent.Detail(name, value) : .secret(name)
    }
}
