/// Text that must never be printed, logged, compared with `==` or encoded by accident.
///
/// `print`, string interpolation, `dump` and `Mirror` show `<redacted>`. ``exposedText`` is the only way to read the
/// text; review each use of it.
public protocol SecretText: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, for the wire only.
    var exposedText: String { get }
}

extension SecretText {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The secret with which the client authenticates at the token endpoint (RFC 6749 §2.3.1).
public struct ClientSecret: SecretText {
    /// The secret itself, for the wire only.
    public let exposedText: String

    /// Creates a client secret.
    public init(_ text: String) { exposedText = text }
}

/// The code of RFC 6749 §4.1.2, valid for one token request.
public struct AuthorizationCode: SecretText {
    /// The code itself, for the wire only.
    public let exposedText: String

    /// Creates a code as received in the callback.
    public init(_ text: String) { exposedText = text }
}

/// The PKCE `code_verifier` of RFC 7636 §4.1.
public struct CodeVerifier: SecretText {
    /// The verifier itself, for the wire only.
    public let exposedText: String

    /// Creates a verifier made earlier.
    public init(_ text: String) { exposedText = text }
}

/// A credential for an API (RFC 6749 §1.4).
public struct AccessToken: SecretText {
    /// The token itself, for the wire only.
    public let exposedText: String

    /// Creates a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// A credential for getting new access tokens (RFC 6749 §1.5).
public struct RefreshToken: SecretText {
    /// The token itself, for the wire only.
    public let exposedText: String

    /// Creates a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// An ID token directly from the token endpoint, not verified yet.
public struct RawIDToken: SecretText {
    /// The compact serialization, for the wire only.
    public let exposedText: String

    /// Creates a token as the token endpoint issued it.
    public init(_ text: String) { exposedText = text }
}

/// A logout token as received at the back-channel logout endpoint, which anyone can call: not verified yet (OpenID
/// Connect Back-Channel Logout 1.0 §2.5).
public struct RawLogoutToken: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Creates a token from the form field `logout_token`.
    public init(_ text: String) { exposedText = text }
}

/// A UserInfo response of the media type `application/jwt`, directly from the issuer's UserInfo endpoint and not
/// verified yet (OpenID Connect Core §5.3.2).
public struct RawSignedUserInfo: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Creates a token from the body of the response.
    public init(_ text: String) { exposedText = text }
}

/// A JARM response as the browser carried it to the callback, not verified yet (JWT Secured Authorization Response Mode
/// §2.3).
public struct RawJARMResponse: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Creates a response from the parameter `response`.
    public init(_ text: String) { exposedText = text }
}

/// A client assertion, not verified yet (RFC 7523 §2.2).
public struct RawClientAssertion: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Creates an assertion from the form field `client_assertion`.
    public init(_ text: String) { exposedText = text }
}

/// A DPoP proof as received with a request, not verified yet (RFC 9449 §4.1).
public struct RawDPoPProof: SecretText {
    /// The compact serialization, for the verifier only.
    public let exposedText: String

    /// Creates a proof from the value of the request's only `DPoP` field; refuse a request with several (RFC 9449
    /// §4.3).
    public init(_ text: String) { exposedText = text }
}

/// A JWS in compact serialization (RFC 7515 §7.1) that we signed.
public struct CompactJWS: SecretText {
    /// The compact serialization, for the wire only.
    public let exposedText: String

    /// Creates a value from a finished serialization.
    public init(_ text: String) { exposedText = text }
}
