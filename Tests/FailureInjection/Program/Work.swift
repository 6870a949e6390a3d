import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

/// An operation that runs while an allocation fails.
struct Work {
    enum Outcome: Int32 {
        /// The result without any failure.
        case right = 0
        /// An error, or a good token refused.
        case refused
        /// A token was accepted, or a text opened, that is not authentic.
        case wrong
    }

    let name: String
    let run: () throws -> Outcome

    static func everything(_ fixture: Fixture) -> [Work] {
        let checks = Fixture.algorithms.map { Work.verification($0, fixture: fixture, engine: .standard) }
        let signatures = Fixture.algorithms.map { Work.signing($0, fixture: fixture) }
        return checks + [verification(.rs256, fixture: fixture, engine: .montgomeryChain), secret(fixture)] + signatures
            + [hashing(), deriving(), sealing(), generating(), importing(fixture)]
    }

    /// Verifications by each algorithm with keys that are kept.
    static func verifications(_ fixture: Fixture) throws -> [Work] {
        try Fixture.algorithms.map { algorithm in
            let signed = fixture.signed(algorithm.description)
            let keys = try JWKSet(jwks: signed.keySet)
            return Work(name: "verify \(algorithm)") {
                judge(signed, by: PublicKeyCheck(keys, algorithms: [algorithm]))
            }
        }
    }

    static func judge(_ signed: Fixture.Signed, by check: some SignatureCheck) -> Outcome {
        let verifier = JWSVerifier()
        if (try? verifier.verify(signed.tampered.span, by: check)) != nil { return .wrong }
        return (try? verifier.verify(signed.token.span, by: check)) != nil ? .right : .refused
    }

    private static func verification(
        _ algorithm: SignatureAlgorithm, fixture: Fixture, engine: SignatureEngine
    ) -> Work {
        let signed = fixture.signed(algorithm.description)
        return Work(name: "verify \(algorithm) \(engine)") {
            let keys = try JWKSet(jwks: JSONWriter.bytes(signed.keySet), policy: JWKPolicy(engine: engine))
            return judge(signed, by: PublicKeyCheck(keys, algorithms: [algorithm]))
        }
    }

    private static func secret(_ fixture: Fixture) -> Work {
        let signed = fixture.signed("HS256")
        return Work(name: "sign and verify HS256") {
            let signer = try ClientSecretSigner(secret: Fixture.secret, algorithm: .hs256)
            let made = try signer.signed(type: "JWT", claims: Fixture.claims)
            guard made.exposedText.utf8.elementsEqual(signed.token) else { return .wrong }
            guard let check = SecretKeyCheck(Array(Fixture.secret.exposedText.utf8), algorithm: .hs256) else {
                return .refused
            }
            return judge(signed, by: check)
        }
    }

    private static func signing(_ algorithm: SignatureAlgorithm, fixture: Fixture) -> Work {
        let (pem, signed) = (fixture.pem(algorithm.description), fixture.signed(algorithm.description))
        return Work(name: "sign \(algorithm)") {
            let key = try SigningKey(pem: pem, algorithm: algorithm)
            guard SigningKey.jwkSet([key]) == signed.keySet else { return .wrong }
            let made = Array(try key.signed(type: "JWT", claims: Fixture.claims).exposedText.utf8)
            let again = Fixture.Signed(keySet: signed.keySet, token: made, tampered: signed.tampered)
            return judge(again, by: PublicKeyCheck(try JWKSet(jwks: signed.keySet), algorithms: [algorithm]))
        }
    }

    // FIPS 180-4's example. There is no error: whatever fails, the digest must be right.
    private static func hashing() -> Work {
        Work(name: "hash without an error") {
            let digest = SHA2.sha256(Array("abc".utf8))
            return Base64URL.encode(digest) == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0" ? .right : .wrong
        }
    }

    // RFC 5869, appendix A.1, and keys on either side of a block's length.
    private static func deriving() -> Work {
        let (secret, salt) = ([UInt8](repeating: 0x0b, count: 22), Array(UInt8(0)...0x0c))
        let keys = [1, 64, 65, 200].map { [UInt8](repeating: 7, count: $0) }
        return Work(name: "derive without an error") {
            let derived = try HKDF.derive(secret: secret, salt: salt, info: Array(0xf0...0xf9), count: 42)
            let codes = try keys.map { Base64URL.encode(try HMAC.sha256(key: $0, message: [1])) }
            let expected = [
                "T2JDbDXO06VMUjKBYSaI4rz7maTx1tC0tDiYOK7C_d0", "KEfmIQvGkSXc5nonuotPgLOsmTcbeylW3JUKsZmiUss",
                "YEsEmVkPgi1zeCbT7eQW8zg8S4QZJRdplDDLov3NSkY", "1ahOMH-wmnxt-reamH361UR6x3Bx3c6c3JBxjMzCfwo",
            ]
            return Base64URL.encode(derived) == "PLJfJfqs1XqQQ09k0DYvKi0tCpDPGlpMXbAtVuzExb80AHII1biHGFhl"
                && codes == expected ? .right : .wrong
        }
    }

    private static func sealing() -> Work {
        let (key, nonce) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 12))
        return Work(name: "seal and open") {
            let sealed = try AEAD.seal([1, 2, 3], key: key, nonce: nonce, authenticating: [4])
            var forged = sealed
            forged[0] ^= 1
            if (try? AEAD.open(forged, key: key, nonce: nonce, authenticating: [4])) != nil { return .wrong }
            return try AEAD.open(sealed, key: key, nonce: nonce, authenticating: [4]) == [1, 2, 3] ? .right : .wrong
        }
    }

    private static func generating() -> Work {
        Work(name: "random octets and a new key") {
            let random = RandomSource.system.bytes(count: 32)
            guard random.count == 32, Set(random).count > 8 else { return .wrong }
            let key = try SigningKey.generate(.es256)
            let token = Array(try key.signed(type: "JWT", claims: Fixture.claims).exposedText.utf8)
            let set = SigningKey.jwkSet([key])
            let signed = Fixture.Signed(keySet: set, token: token, tampered: token.dropLast(4) + Array("AAAA".utf8))
            return judge(signed, by: PublicKeyCheck(try JWKSet(jwks: set), algorithms: [.es256]))
        }
    }

    static func importing(_ fixture: Fixture) -> Work {
        let pem = Array(
            """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """.utf8)
        return Work(name: "import a public key") {
            let key = try PublicKey(pem: pem, algorithm: .edDSA, keyID: nil)
            return key.jwk["x"] == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE" ? .right : .wrong
        }
    }
}
