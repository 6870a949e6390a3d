import JOSE
import OAuthTypes
package import WireFormats

/// Verifies a compact JWS of any payload under one published key, for the vectors of others.
package enum RawVerification {
    private static let verifier = JWSVerifier()

    /// The payload; nil when the JWS is refused. An `oct` key serves with the algorithm it names, which only a test would allow.
    package static func payload(_ compact: String, key: JSONObject) throws -> [UInt8]? {
        if key["kty"] == "oct" { return secretPayload(compact, key: key) }
        return try payload(compact, keySet: ["keys": [.object(key)]])
    }

    package static func payload(_ compact: String, keySet: JSONObject) throws -> [UInt8]? {
        let check = PublicKeyCheck(
            try JWKSet(jwks: keySet), algorithms: SignatureAlgorithms(SignatureAlgorithm.allCases))
        return verified(compact, by: check)
    }

    private static func secretPayload(_ compact: String, key: JSONObject) -> [UInt8]? {
        let algorithm = MACAlgorithm.allCases.first { $0.name.rawValue == key["alg"]?.stringValue ?? "HS256" }
        guard let algorithm, let secret = key["k"]?.stringValue.flatMap(Base64URL.decode),
            let check = SecretKeyCheck(secret, algorithm: algorithm)
        else { return nil }
        return verified(compact, by: check)
    }

    private static func verified(_ compact: String, by check: some SignatureCheck) -> [UInt8]? {
        let octets = Array(compact.utf8)
        return try? verifier.verify(octets.span, by: check).payload
    }
}
