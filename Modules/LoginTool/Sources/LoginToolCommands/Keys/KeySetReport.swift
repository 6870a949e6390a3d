import JOSE
import OAuthTypes
import WireFormats

/// What a JWK set contains, and what the library would do with each key.
struct KeySetReport {
    /// A key of the set.
    struct Key {
        let index: Int
        /// `kid` and the type of the key as published: untrusted text, printable and cut.
        let keyID: String?
        let type: String
        /// The algorithms whose signatures it verifies; empty if it is left out.
        var algorithms: [SignatureAlgorithm] = []
        /// The thumbprint (RFC 7638) with SHA-256; nil if the key is left out.
        var thumbprint: String?
        /// Why it is left out; nil if it is used.
        var leftOut: String?
    }

    let keys: [Key]

    var usable: [Key] { keys.filter { $0.leftOut == nil } }

    /// - Throws: ``RejectionError`` if the text is not a JWK set.
    init(_ octets: [UInt8]) throws(RejectionError) {
        do { _ = try JWKSet(jwks: octets) } catch { throw RejectionError(error) }
        let value = try? JSONValue(reading: octets, upTo: KeySetText.limit)
        guard let elements = value?.objectValue?["keys"]?.arrayValue else {
            throw RejectionError(KeyError.malformedKeySet)
        }
        keys = elements.enumerated().map { Self.key($1, at: $0) }
    }

    /// The usable keys that verify one of `algorithms`.
    func verifying(_ algorithms: SignatureAlgorithms) -> [Key] {
        usable.filter { $0.algorithms.contains { algorithms.contains($0) } }
    }

    private static func key(_ element: JSONValue, at index: Int) -> Key {
        let jwk = element.objectValue ?? [:]
        var key = Key(
            index: index, keyID: jwk["kid"]?.stringValue?.shown(upTo: 64),
            type: ["kty", "crv"].compactMap { jwk[$0]?.stringValue?.shown(upTo: 16) }.joined(separator: " "))
        // One key at a time: the library's own reasons, each with its key.
        if let refusal = try? JWKSet(jwks: ["keys": [element]]).refusals.first {
            key.leftOut = "\(refusal.reason)"
            return key
        }
        key.judge(jwk)
        return key
    }
}

extension KeySetReport.Key {
    fileprivate mutating func judge(_ jwk: JSONObject) {
        guard let der = DERPublicKey(jwk) else {
            leftOut = "\(JWKRefusalReason.unsupported)"
            return
        }
        let only = jwk["alg"]?.stringValue.flatMap(JWSAlgorithm.init)
        var reason: KeyError = .wrongKind
        for algorithm in SignatureAlgorithm.allCases where only == nil || only == algorithm.name {
            do {
                let key = try PublicKey(der: der.octets, algorithm: algorithm, keyID: nil)
                thumbprint = key.thumbprint
                algorithms.append(algorithm)
            } catch {
                if error != .wrongKind { reason = error }
            }
        }
        if algorithms.isEmpty { leftOut = "\(reason)" }
    }
}

extension KeySetReport {
    /// For programs.
    var json: JSONValue {
        let keys = self.keys.map { key -> JSONValue in
            .object([
                "index": .number(JSONNumber(key.index)), "kid": key.keyID.map(JSONValue.string) ?? .null,
                "type": .string(key.type), "verifies": .array(key.algorithms.map { .string($0.description) }),
                "thumbprint": key.thumbprint.map(JSONValue.string) ?? .null,
                "left_out": key.leftOut.map(JSONValue.string) ?? .null,
            ])
        }
        return .object(["usable": .number(JSONNumber(usable.count)), "keys": .array(keys)])
    }

    /// For people: two lines for each key.
    var text: String {
        let lines = keys.map { key in
            let head = "\(key.index + 1). \(key.type.isEmpty ? "?" : key.type)  kid \(key.keyID ?? "none")"
            guard let reason = key.leftOut else {
                let names = key.algorithms.map(\.description).joined(separator: ", ")
                return "\(head)\n   verifies \(names)\n   thumbprint \(key.thumbprint ?? "")\n"
            }
            return "\(head)\n   left out: \(reason)\n"
        }
        return lines.joined() + "\(usable.count) of \(keys.count) keys can be used\n"
    }
}
