import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// The state of a login between the redirect to the provider and the callback.
///
/// It is sealed into a cookie of its own, so that a callback without the browser that started the login is refused. It
/// keeps only a digest of the state, and its content is never printed.
public struct PendingLogin: Sendable, CustomStringConvertible, CustomReflectable {
    /// How long a login may take: ten minutes.
    public static let lifetime: Duration = .seconds(600)
    // The clocks of two servers may differ: a login that started this far in the future, in seconds, is accepted.
    private static let clockSkew: Int64 = 60
    private static let longestCode = 4096

    let stateDigest: [UInt8]
    let nonceOctets: [UInt8]
    let verifierOctets: [UInt8]

    /// The issuer of the login.
    public let issuer: Issuer
    /// The client of the login.
    public let clientID: ClientID
    /// The redirect URI of the authorization request.
    public let redirectURI: EndpointURL
    /// Where the browser goes when the login is complete.
    public let returnPath: ReturnPath
    /// The requested `max_age` in whole seconds; the ID token must satisfy it.
    public let maxAge: Duration?
    /// The requested authentication contexts; may be empty.
    public let acrValues: [String]
    /// The requested organization, which the ID token must name; nil if none was requested.
    public let organization: Organization?
    /// How the authorization response is sent.
    public let responseMode: AuthorizationRequest.ResponseMode
    /// When the login started.
    public let createdAt: UnixTime
    /// The name of this login in events and on error pages.
    public let correlationID: String
    /// Whether the provider promises the `iss` parameter (RFC 9207 §3).
    public let expectsIss: Bool

    /// How it was started.
    public let traits: LoginTraits

    /// The `nonce` that the ID token must carry: 256 random bits as 43 base64url characters.
    public var nonce: String { Base64URL.encode(nonceOctets) }

    /// The PKCE verifier: 256 random bits as 43 base64url characters (RFC 7636 §4.1).
    public var codeVerifier: CodeVerifier { CodeVerifier(Base64URL.encode(verifierOctets)) }

    init(
        secrets: LoginSecrets, issuer: Issuer, clientID: ClientID, redirectURI: EndpointURL, returnPath: ReturnPath,
        demands: LoginDemands, createdAt: UnixTime, correlationID: String
    ) {
        stateDigest = secrets.stateDigest
        nonceOctets = secrets.nonce
        verifierOctets = secrets.verifier
        self.issuer = issuer
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.returnPath = returnPath
        maxAge = demands.maxAge.map { .seconds($0.wholeSeconds) }
        acrValues = demands.acrValues
        organization = demands.organization
        responseMode = demands.responseMode
        expectsIss = demands.expectsIss
        traits = demands.traits
        self.createdAt = createdAt
        self.correlationID = correlationID
    }

    /// Validates an authorization response and returns its code.
    ///
    /// Checked in this order: state, age, signature where one was asked for, issuer (RFC 9207), error, code. A wrong `iss` is always refused. A missing
    /// one is refused if the provider announces it, except in an error response: some providers leave it out there, and
    /// an error grants nothing. If a response has an error and a code, the error counts.
    /// - Throws: ``AuthorizationResponseValidationError``; no token request may follow.
    public func judge(_ callback: AuthorizationResponse, at now: UnixTime) throws(AuthorizationResponseValidationError)
        -> AuthorizationCodeGrant
    {
        guard let state = callback.state else { throw callback.refusalWithoutState }
        guard ConstantTime.equal(PendingLogin.digest(ofState: state), stateDigest) else { throw .stateMismatch }
        guard !isExpired(at: now) else { throw .expired }
        guard callback.isSigned || !responseMode.isSigned else { throw .unsigned }
        try requireIssuer(of: callback)
        if let error = callback.error { throw .provider(error) }
        return AuthorizationCodeGrant(
            code: try PendingLogin.code(of: callback),
            codeVerifier: traits.contains(.withoutPKCE) ? nil : codeVerifier, redirectURI: redirectURI, issuer: issuer,
            clientID: clientID)
    }

    /// Whether the login has expired. A login that started over a minute in the future has expired too: setting back a
    /// clock must not extend logins.
    public func isExpired(at now: UnixTime) -> Bool {
        !(-PendingLogin.clockSkew...PendingLogin.lifetime.wholeSeconds).contains(now.seconds(since: createdAt))
    }

    /// A short name for the cookie of the login with this state, so that the callback finds its own among several: 12
    /// base64url characters that do not reveal the state.
    public static func cookieTag(forState state: String) -> String {
        Base64URL.encode(SHA2.sha256(Array("cookie:".utf8) + Array(state.utf8)).prefix(9))
    }

    /// The login's correlation ID and issuer, without its secrets.
    public var description: String { "PendingLogin(\(correlationID), \(issuer))" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    static func digest(ofState state: String) -> [UInt8] { SHA2.sha256(Array(state.utf8)) }

    private func requireIssuer(of callback: AuthorizationResponse) throws(AuthorizationResponseValidationError) {
        guard let named = callback.issuer else {
            guard !expectsIss || callback.error != nil else { throw .issuerMissing(expected: issuer) }
            return
        }
        guard named.utf8.elementsEqual(issuer.text.utf8) else { throw .issuerMismatch(expected: issuer) }
    }

    private static func code(of callback: AuthorizationResponse) throws(AuthorizationResponseValidationError)
        -> AuthorizationCode
    {
        guard let code = callback.code else { throw .missingCode }
        guard code.utf8.count <= longestCode else { throw .codeTooLong }
        guard code.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .malformed(.code) }
        return AuthorizationCode(code)
    }
}

/// The random values of a login: 32 octets each.
struct LoginSecrets {
    var stateDigest: [UInt8]
    var nonce: [UInt8]
    var verifier: [UInt8]
}

/// What the responses of a login must satisfy.
struct LoginDemands {
    var maxAge: Duration?
    var acrValues: [String]
    var responseMode: AuthorizationRequest.ResponseMode
    var expectsIss: Bool
    var traits: LoginTraits
    var organization: Organization?
}
