/// Why a compact JWS was refused before its claims were read. Of the token's text it contains only the names of a type
/// or an algorithm, sanitized and cut.
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

    /// A header parameter that is checked here.
    public enum Parameter: String, Sendable {
        /// RFC 7515 §4.1.1.
        case alg
        /// RFC 7515 §4.1.3: the key of a DPoP proof, and of no other token.
        case jwk
        /// RFC 7515 §4.1.4.
        case kid
        /// RFC 7515 §4.1.9.
        case typ
        /// RFC 7515 §4.1.10: nested tokens are not accepted.
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
    /// The token does not have three segments, or a segment is not strict base64url, or header or payload are not
    /// strict JSON.
    case malformed(Part)
    /// The token has five segments: it is encrypted (RFC 7516 §7.1).
    case encrypted
    /// A header parameter is missing, of the wrong type, or not supported.
    case parameter(Parameter)
    /// The header type belongs to another kind of token.
    case type(Mismatch)
    /// The algorithm is unknown or not among those configured.
    case algorithm(Mismatch)
    /// The JWK set has no key of that name, or no key at all; and what it has besides its usable keys.
    case unknownKey(LeftOutKeys)
    /// The JWK set has keys of that name, but none of them may be used with this algorithm.
    case noSuitableKey(LeftOutKeys)
    /// No candidate key made this signature.
    case signature

    /// The case as a word that is stable between releases.
    public var code: String {
        switch self {
        case .tooLong(let part, _): "\(part.rawValue)_too_long"
        case .malformed(let part): "malformed_\(part.rawValue)"
        case .encrypted: "encrypted"
        case .parameter(let name): "header_\(name.rawValue)"
        case .type: "wrong_type"
        case .algorithm: "algorithm_not_accepted"
        case .unknownKey: "unknown_key"
        case .noSuitableKey: "no_suitable_key"
        case .signature: "invalid_signature"
        }
    }

    /// The reason as text.
    public var description: String {
        switch self {
        case .tooLong(let part, let limit): "the \(part.rawValue) is longer than \(limit) octets"
        case .malformed(.token): "the token is not three segments with dots between them"
        case .malformed(let part):
            "the \(part.rawValue) is not strict base64url, or not the strict JSON that belongs there"
        case .encrypted: Self.encryptedText
        case .parameter(let name): "the header parameter \(name.rawValue) is missing, malformed or not supported"
        case .type(let types): "the header's typ says that this is another kind of token: \(types)"
        case .algorithm(let algorithms):
            "the token's algorithm (alg) is not among the configured ones: \(algorithms)"
        case .unknownKey(let leftOut): "the key set has no key of the name that the token gives\(leftOut.clause)"
        case .noSuitableKey(let leftOut):
            "the key of that name is not meant for signatures with this algorithm, or is unusable\(leftOut.clause)"
        case .signature: "the signature is not valid"
        }
    }

    private static let encryptedText = """
        the token is encrypted (JWE: five segments instead of three), which is not supported: at the provider, turn the \
        encryption of this client's tokens off (no encryption key, no id_token_encrypted_response_alg)
        """

    /// The same error; for an unknown algorithm, with the accepted ones.
    func expecting(_ algorithms: [String]) -> JWSError {
        guard case .algorithm(let mismatch) = self, mismatch.expected.isEmpty else { return self }
        return .algorithm(Mismatch(expected: algorithms, found: mismatch.found))
    }
}
