/// Why a client's assertion was refused. Names the culprit, and of the assertion no more than ``JWSError`` and
/// ``ClaimError`` show.
@nonexhaustive
public enum ClientAssertionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Format, header, key or signature.
    case token(JWSError)
    /// A claim.
    case claim(ClaimError)

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .token(let error): error.code
        case .claim(let error): error.code
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .token(let error): "client assertion refused: \(error)"
        case .claim(let error): "client assertion refused: \(error)"
        }
    }
}
