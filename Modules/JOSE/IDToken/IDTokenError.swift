/// Why an ID token was refused. Names the culprit, and of the token no more than ``JWSError`` and
/// ``ClaimError`` show.
@nonexhaustive
public enum IDTokenError: Error, Sendable, CustomStringConvertible {
    /// Format, header, key or signature.
    case token(JWSError)
    /// A claim.
    case claim(ClaimError)
    /// The verifier's keys belong to another issuer than the expected one: a fault of the caller.
    case keysOfAnotherIssuer
    /// No keys could be had to verify it with; ``KeyFetchError`` if the source is ``RemoteJWKSet``.
    case keysUnavailable(any Error)

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .token(let error): error.code
        case .claim(let error): error.code
        case .keysOfAnotherIssuer: "keys_of_another_issuer"
        case .keysUnavailable: "keys_unavailable"
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .token(let error): "ID token refused: \(error)"
        case .claim(let error): "ID token refused: \(error)"
        case .keysOfAnotherIssuer:
            "ID token not verified: the verifier has the keys of another issuer than the one that is expected"
        case .keysUnavailable(let error as KeyFetchError): "ID token not verified: \(error)"
        case .keysUnavailable: "ID token not verified: its issuer's keys are not available"
        }
    }
}

extension IDTokenError: TokenRefusal {}
