import CryptoPrimitives
public import OAuthTypes
package import WireFormats

/// A login that is ready to be sent to the provider. Its state is never printed.
public struct StartedLogin: Sendable, CustomStringConvertible, CustomReflectable {
    /// What to keep until the callback.
    public let pending: PendingLogin
    /// The `state`: 256 random bits as 43 base64url characters. Only ``PendingLogin/cookieTag(forState:)`` needs it.
    public let state: String
    /// Where to redirect the browser to. It holds state and nonce.
    public var url: FrontChannelURL { FrontChannelURL(setting: parameters, in: endpoint) }
    /// The endpoint and the parameters separately, to send them as a form (OpenID Connect Core §3.1.2.1) if the URL
    /// would be too long.
    package let endpoint: EndpointURL
    package let parameters: [FormField]
    /// The parameters of the request for events, without those that change with each login or may identify a user.
    public let shownParameters: [FlowEvent.Detail]

    /// Whether the URL is short enough for any provider.
    package var fitsURL: Bool { url.exposedText.utf8.count <= 16_384 }

    /// The login with other parameters in its URL: those that refer to the ones that went another way.
    package func sending(_ parameters: [FormField]) -> StartedLogin {
        StartedLogin(
            pending: pending, state: state, endpoint: endpoint, parameters: parameters, shownParameters: shownParameters
        )
    }

    /// The login's correlation ID and issuer, without its secrets.
    public var description: String { "StartedLogin(\(pending.correlationID), \(pending.issuer))" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension PendingLogin {
    /// Starts a login: generates state, nonce and PKCE verifier, 256 random bits each, and the URL that contains them.
    ///
    /// PKCE is always sent with S256, whatever the metadata says: servers that do not support it ignore it.
    /// - Parameters:
    ///   - request: what to request.
    ///   - provider: the provider to send the user to.
    ///   - returnPath: where the browser goes when the login is complete.
    ///   - correlationID: the login's name in events: 1 to 64 printable ASCII characters without spaces.
    ///   - random: `.system`, outside tests.
    ///   - now: the current time.
    /// - Throws: ``AuthorizationRequestError`` for a request that no provider could accept, also where the URL would pass
    ///   16,384 octets.
    public static func start(
        _ request: AuthorizationRequest, at provider: ProviderMetadata, returningTo returnPath: ReturnPath,
        correlationID: String, random: RandomSource, now: UnixTime
    ) throws(AuthorizationRequestError) -> StartedLogin {
        let started = try prepare(
            request, at: provider, returningTo: returnPath, correlationID: correlationID, random: random, now: now)
        guard started.fitsURL else { throw .tooLong }
        return started
    }

    /// As ``start(_:at:returningTo:correlationID:random:now:)`` for a login whose parameters go another way than in a URL,
    /// however long they are.
    package static func prepare(
        _ request: AuthorizationRequest, at provider: ProviderMetadata, returningTo returnPath: ReturnPath,
        correlationID: String, random: RandomSource, now: UnixTime
    ) throws(AuthorizationRequestError) -> StartedLogin {
        try request.validate(correlationID: correlationID, endpoint: provider.authorizationEndpoint)
        let state = Base64URL.encode(fresh(random))
        let secrets = LoginSecrets(stateDigest: digest(ofState: state), nonce: fresh(random), verifier: fresh(random))
        let demands = LoginDemands(
            maxAge: request.maxAge, acrValues: request.acrValues, responseMode: request.responseMode,
            expectsIss: provider.authorizationResponseIssParameterSupported, traits: request.traits,
            organization: request.organization)
        let pending = PendingLogin(
            secrets: secrets, issuer: provider.issuer, clientID: request.clientID, redirectURI: request.redirectURI,
            returnPath: returnPath, demands: demands, createdAt: now, correlationID: correlationID)
        let parameters = request.parameters(state: state, pending: pending)
        return StartedLogin(
            pending: pending, state: state, endpoint: provider.authorizationEndpoint, parameters: parameters,
            shownParameters: parameters.map(\.shown))
    }

    // A source that returns fewer octets than requested would silently weaken the login.
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
        "max_age", "ui_locales", "acr_values", "audience", "resource", "display",
    ]

    fileprivate var shown: FlowEvent.Detail {
        FormField.publicNames.contains(name) ? FlowEvent.Detail(name, value) : .secret(name)
    }
}
