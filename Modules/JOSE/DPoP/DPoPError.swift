/// Why a proof of possession was refused. Names the culprit, and of the proof no more than ``JWSError`` and
/// ``ClaimError`` show.
@nonexhaustive
public enum DPoPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Format, header, key or signature.
    case token(JWSError)
    /// The key in the header is no public key that may verify signatures.
    case key(JWKError)
    /// A claim. A missing or wrong `nonce` is to be answered with `use_dpop_nonce` and a new one (RFC 9449 §8).
    case claim(ClaimError)
    /// The proof is good, but by another key than the one that the token or the code is bound to.
    case anotherKey

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .token(let error): error.code
        case .key: "proof_key"
        case .claim(let error): error.code
        case .anotherKey: "another_key"
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .token(let error): "proof of possession refused: \(error)"
        case .key(let reason): "proof of possession refused: the key in its header is not taken: \(reason)"
        case .claim(let error): "proof of possession refused: \(error)"
        case .anotherKey: "proof of possession refused: it was made with another key than the token is bound to"
        }
    }
}
