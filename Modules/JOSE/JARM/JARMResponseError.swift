/// Why a signed authorization response was refused. Names the culprit, and of the token no more than ``JWSError`` and
/// ``ClaimError`` show.
@nonexhaustive
public enum JARMResponseError: Error, Sendable, CustomStringConvertible {
    /// Format, header, key or signature.
    case token(JWSError)
    /// A claim.
    case claim(ClaimError)
    /// No keys could be had to verify it with; ``KeyFetchError`` if the source is ``RemoteJWKSet``.
    case keysUnavailable(any Error)

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .token(let error): error.code
        case .claim(let error): error.code
        case .keysUnavailable: "keys_unavailable"
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .token(let error): "authorization response refused: \(error)"
        case .claim(let error): "authorization response refused: \(error)"
        case .keysUnavailable(let error as KeyFetchError): "authorization response not verified: \(error)"
        case .keysUnavailable: "authorization response not verified: its issuer's keys are not available"
        }
    }
}

extension JARMResponseError: TokenRefusal {}
