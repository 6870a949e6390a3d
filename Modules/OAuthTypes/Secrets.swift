/// Text that must never be printed, logged, compared with `==` or encoded by accident.
///
/// `print`, string interpolation, `dump` and `Mirror` show `<redacted>`. ``exposedText`` is the one way to the text;
/// each use of it deserves a look.
public protocol SecretText: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, for the wire only.
    var exposedText: String { get }
}

extension SecretText {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The secret with which the client authenticates at the token endpoint (RFC 6749 §2.3.1).
public struct ClientSecret: SecretText {
    /// The secret itself, for the wire only.
    public let exposedText: String

    /// Takes the secret issued at registration.
    public init(_ text: String) { exposedText = text }
}

/// The code of RFC 6749 §4.1.2, good for one token request.
public struct AuthorizationCode: SecretText {
    /// The code itself, for the wire only.
    public let exposedText: String

    /// Takes a code as it came in the callback.
    public init(_ text: String) { exposedText = text }
}

/// The PKCE `code_verifier` of RFC 7636 §4.1.
public struct CodeVerifier: SecretText {
    /// The verifier itself, for the wire only.
    public let exposedText: String

    /// Takes a verifier made earlier.
    public init(_ text: String) { exposedText = text }
}

/// A credential for an API (RFC 6749 §1.4).
public struct AccessToken: SecretText {
    /// The token itself, for the wire only.
    public let exposedText: String

    /// Takes a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// A credential for getting new access tokens (RFC 6749 §1.5).
public struct RefreshToken: SecretText {
    /// The token itself, for the wire only.
    public let exposedText: String

    /// Takes a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// An ID token that came straight from the token endpoint and that nothing has verified yet.
public struct RawIDToken: SecretText {
    /// The compact serialization, for the wire only.
    public let exposedText: String

    /// Takes a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// A logout token as it came to the back-channel logout endpoint, which anybody can call: nothing has verified it yet
/// (OpenID Connect Back-Channel Logout 1.0 §2.5).
public struct RawLogoutToken: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Takes the form field `logout_token`.
    public init(_ text: String) { exposedText = text }
}

/// A UserInfo response of the media type `application/jwt`, straight from the issuer's UserInfo endpoint, that nothing
/// has verified yet (OpenID Connect Core §5.3.2).
public struct RawSignedUserInfo: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Takes the body of the response.
    public init(_ text: String) { exposedText = text }
}

/// A signed authorization response as the browser carried it to the callback: nothing has verified it yet (JWT Secured
/// Authorization Response Mode §2.3).
public struct RawJARMResponse: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Takes the parameter `response`.
    public init(_ text: String) { exposedText = text }
}

/// The assertion by which somebody says to be a client: nothing has verified it yet (RFC 7523 §2.2).
public struct RawClientAssertion: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Takes the form field `client_assertion`.
    public init(_ text: String) { exposedText = text }
}

/// A proof of possession as it came with a request: nothing has verified it yet (RFC 9449 §4.1).
public struct RawDPoPProof: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Takes the value of the request's only `DPoP` field; a request with several is to be refused (RFC 9449 §4.3).
    public init(_ text: String) { exposedText = text }
}

/// A signed JWS in compact serialization (RFC 7515 §7.1) made by us.
public struct CompactJWS: SecretText {
    /// The compact serialization, for the wire only.
    public let exposedText: String

    /// Takes a finished serialization.
    public init(_ text: String) { exposedText = text }
}
