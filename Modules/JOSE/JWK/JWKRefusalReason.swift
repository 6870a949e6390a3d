/// Why a key of a key set is not used. Never carries the key.
@nonexhaustive
public enum JWKRefusalReason: Hashable, Sendable, CustomStringConvertible {
    /// The element of `keys` is no object.
    case notAnObject
    /// Key type or curve that does not exist here.
    case unsupported
    /// A symmetric key, which no published set may hold.
    case symmetric
    /// A private key was published (RFC 7518 §6.2.2, §6.3.2): whoever reads the set can sign with it.
    case privateMembers
    /// `use` or `key_ops` name another purpose than verifying signatures (RFC 7517 §4.2, §4.3).
    case purpose
    /// `alg` names no signature algorithm that exists here (RFC 7517 §4.4).
    case algorithm
    /// A member is missing or malformed; its name on the wire.
    case malformed(String)

    /// The reason in words.
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
