import JOSE
import OAuthTypes
import WireFormats

/// What is fuzzed. Each target takes any octets and says what holds that must not; nil is the rule.
package enum FuzzTarget: String, Sendable, CaseIterable {
    case json, keyset, publickey, token, claims, times

    package func fault(with octets: [UInt8]) -> String? {
        switch self {
        case .json: Self.json(octets)
        case .keyset: Self.keySet(octets)
        case .publickey: Self.publicKey(octets)
        case .token: Self.token(octets)
        case .claims: Self.claims(octets)
        case .times: Self.times(octets)
        }
    }

    // Strict JSON: what is read and written again is read as the same value.
    private static func json(_ octets: [UInt8]) -> String? {
        guard let value = JSONValue(parsing: octets) else { return nil }
        let again = JSONValue(parsing: Array(value.text().utf8))
        return again == value ? nil : "a value changes when written and read"
    }

    // An untrusted JWK set.
    private static func keySet(_ octets: [UInt8]) -> String? {
        guard let keys = try? JWKSet(jwks: octets) else { return nil }
        return keys.count + keys.refusals.count <= 1_000 ? nil : "more keys than the limit"
    }

    // An untrusted key file, in PEM and in DER: an error, or a key that a set accepts as shown.
    private static func publicKey(_ octets: [UInt8]) -> String? {
        for algorithm in [SignatureAlgorithm.rs256, .es256, .edDSA] {
            let read = [
                try? PublicKey(pem: octets, algorithm: algorithm, keyID: nil),
                try? PublicKey(der: octets, algorithm: algorithm, keyID: nil),
            ]
            for key in read.compactMap({ $0 }) {
                let set = try? JWKSet(jwks: ["keys": .array([.object(key.jwk)])])
                guard set?.count == 1 else { return "a key is shown otherwise than sets take it" }
            }
        }
        return nil
    }

    // The text of a token under published keys: segments, base64url, header, key, signature. No one signs here, so
    // nothing may be accepted.
    private static func token(_ octets: [UInt8]) -> String? {
        let token = RawIDToken(String(decoding: octets, as: UTF8.self))
        let accepted = try? Fixed.byKeys?.verify(token, expecting: Fixed.expectations, at: Fixed.now)
        return accepted == nil ? nil : "an unsigned token is accepted"
    }

    // The claims of a token, signed as they are: behind a good signature anything can stand.
    private static func claims(_ octets: [UInt8]) -> String? {
        guard let claims = JSONValue(parsing: octets)?.objectValue,
            let signed = try? Fixed.signer?.signed(type: "JWT", claims: claims)
        else { return nil }
        let raw = RawIDToken(signed.exposedText)
        guard let user = try? Fixed.bySecret?.verify(raw, expecting: Fixed.expectations, at: Fixed.now) else {
            return nil
        }
        guard claims["nonce"]?.stringValue == Fixed.nonce else { return "accepted without its nonce" }
        guard user.audience.contains("client-123") else { return "accepted for another audience" }
        return user.claims == claims ? nil : "other claims than were signed"
    }
}
