/// Why a key of a JWK set is not used. Never contains the key.
@nonexhaustive
public enum JWKRefusalReason: Hashable, Sendable, CustomStringConvertible {
    /// The element of `keys` is not an object.
    case notAnObject
    /// An unsupported key type or curve.
    case unsupported
    /// A symmetric key, which no published set may contain.
    case symmetric
    /// A published private key (RFC 7518 §6.2.2, §6.3.2): everyone who reads the set can sign with it.
    case privateMembers
    /// `use` or `key_ops` name a purpose other than verifying signatures (RFC 7517 §4.2, §4.3).
    case purpose
    /// `alg` names an unsupported signature algorithm (RFC 7517 §4.4).
    case algorithm
    /// A member is missing or malformed; its name on the wire.
    case malformed(String)

    /// The reason as text.
    public var description: String {
        switch self {
        case .notAnObject: "not an object"
        case .unsupported: "unsupported key type or curve"
        case .symmetric: "a symmetric key in a published set"
        case .privateMembers: "a private key was published"
        case .purpose: "not meant for verifying signatures"
        case .algorithm: "meant for an unsupported algorithm"
        case .malformed(let member): "\(member) is missing or malformed"
        }
    }
}
