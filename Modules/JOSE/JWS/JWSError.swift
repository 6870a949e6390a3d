/// Why a compact JWS was refused before anybody looked at its claims. Never carries text of the token.
@nonexhaustive
public enum JWSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A part of the compact serialization (RFC 7515 §7.1).
    public enum Part: String, Sendable {
        /// The whole text.
        case token
        /// The first segment.
        case header
        /// The second segment.
        case payload
        /// The third segment.
        case signature
    }

    /// A header parameter that is judged here.
    public enum Parameter: String, Sendable {
        /// RFC 7515 §4.1.1.
        case alg
        /// RFC 7515 §4.1.3: the key of a proof of possession, and of no other token.
        case jwk
        /// RFC 7515 §4.1.4.
        case kid
        /// RFC 7515 §4.1.9.
        case typ
        /// RFC 7515 §4.1.10: nested tokens are not taken.
        case cty
        /// RFC 7515 §4.1.11: no extension is supported.
        case crit
        /// RFC 7797 §3: not supported.
        case b64
        /// RFC 7516 §4.1.3: not supported.
        case zip
    }

    /// A part is longer than the limit, in octets.
    case tooLong(Part, limit: Int)
    /// The token has not three segments, or a segment is not strict base64url, or header or payload are
    /// not strict JSON.
    case malformed(Part)
    /// A header parameter is missing, of the wrong type, or not supported.
    case parameter(Parameter)
    /// The header type belongs to another kind of token.
    case type
    /// The algorithm is unknown or not among those configured.
    case algorithm
    /// The key set has no key of that name, or no key at all.
    case unknownKey
    /// The key set has keys of that name, but none of them may be used with this algorithm.
    case noSuitableKey
    /// No candidate key made this signature.
    case signature

    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .tooLong(let part, _): "\(part.rawValue)_too_long"
        case .malformed(let part): "malformed_\(part.rawValue)"
        case .parameter(let name): "header_\(name.rawValue)"
        case .type: "wrong_type"
        case .algorithm: "algorithm_not_accepted"
        case .unknownKey: "unknown_key"
        case .noSuitableKey: "no_suitable_key"
        case .signature: "invalid_signature"
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .tooLong(let part, let limit): "the \(part.rawValue) is longer than \(limit) octets"
        case .malformed(.token): "the token is not three segments with dots between them"
        case .malformed(let part):
            "the \(part.rawValue) is not strict base64url, or not the strict JSON that belongs there"
        case .parameter(let name): "the header parameter \(name.rawValue) is missing, malformed or not supported"
        case .type: "the header says that this is another kind of token"
        case .algorithm: "the token's algorithm is not among the configured ones"
        case .unknownKey: "the key set has no key of the name that the token gives"
        case .noSuitableKey: "the key of that name is not meant for signatures with this algorithm, or is unusable"
        case .signature: "the signature is not valid"
        }
    }
}
