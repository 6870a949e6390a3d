import CryptoPrimitives

extension Wycheproof {
    package static let files = joseFiles + signatureFiles + secretFiles + otherFiles

    private static func file(
        _ name: String, count: Int?, topic: Topic,
        judge: @escaping @Sendable ([WycheproofCase]) throws -> Verdicts
    ) -> File {
        File(name: name + "_test.json", count: count, use: .judged(topic, judge))
    }

    private static let joseFiles = [
        file("json_web_signature", count: 401, topic: .jose, judge: jws),
        file("json_web_crypto", count: 83, topic: .jose, judge: jws),
        file("json_web_key", count: nil, topic: .jose, judge: jws),
    ]

    private static let signatureFiles = pkcs1Files + pssFiles + curveFiles

    private static let pkcs1Files = [
        pkcs1File(2048, digest: 256, count: 259), pkcs1File(2048, digest: 384, count: 258),
        pkcs1File(2048, digest: 512, count: 259),
        pkcs1File(3072, digest: 256, count: 259), pkcs1File(3072, digest: 384, count: 259),
        pkcs1File(3072, digest: 512, count: 260),
        pkcs1File(4096, digest: 256, count: 258), pkcs1File(4096, digest: 384, count: 259),
        pkcs1File(4096, digest: 512, count: 259),
        pkcs1File(8192, digest: 256, count: nil), pkcs1File(8192, digest: 384, count: nil),
        pkcs1File(8192, digest: 512, count: nil),
    ]

    /// Both engines must judge alike and right: a case that either gets wrong is wrong.
    private static func pkcs1File(_ bits: Int, digest: Int, count: Int?) -> File {
        file("rsa_signature_\(bits)_sha\(digest)", count: count, topic: .pkcs1) { cases in
            let hash: SHA2.Size = digest == 256 ? .bits256 : digest == 384 ? .bits384 : .bits512
            let verdicts = try pkcs1(cases, hash: hash, engine: .evp)
            return verdicts.adding(wrong: try pkcs1(cases, hash: hash, engine: .montgomeryChain).wrong)
        }
    }

    private static let pssFiles = [
        file("rsa_pss_2048_sha256_mgf1_0", count: 103, topic: .pss, judge: pss),
        file("rsa_pss_2048_sha256_mgf1_32", count: 108, topic: .pss, judge: pss),
        file("rsa_pss_2048_sha256_mgf1sha1_20", count: 108, topic: .pss, judge: pss),
        file("rsa_pss_2048_sha384_mgf1_48", count: 141, topic: .pss, judge: pss),
        file("rsa_pss_3072_sha256_mgf1_32", count: 108, topic: .pss, judge: pss),
        file("rsa_pss_4096_sha256_mgf1_32", count: 108, topic: .pss, judge: pss),
        file("rsa_pss_4096_sha384_mgf1_48", count: 141, topic: .pss, judge: pss),
        file("rsa_pss_4096_sha512_mgf1_64", count: 179, topic: .pss, judge: pss),
        file("rsa_pss_misc", count: 150, topic: .pss, judge: pss),
    ]

    private static let curveFiles = [
        file("ecdsa_secp256r1_sha256_p1363", count: 262, topic: .ecdsa) { try ecdsa($0, curve: .p256, hash: .bits256) },
        file("ecdsa_secp384r1_sha384_p1363", count: 280, topic: .ecdsa) { try ecdsa($0, curve: .p384, hash: .bits384) },
        file("ecdsa_secp521r1_sha512_p1363", count: 318, topic: .ecdsa) { try ecdsa($0, curve: .p521, hash: .bits512) },
        file("ecdsa_secp256r1_sha256", count: 484, topic: .ecdsa) {
            try ecdsa($0, curve: .p256, hash: .bits256, isFixedWidth: false)
        },
        file("ed25519", count: 151, topic: .edwards) { try edwards($0, curve: .ed25519) },
        file("ed448", count: 87, topic: .edwards) { try edwards($0, curve: .ed448) },
    ]

    private static let secretFiles = [
        file("hmac_sha256", count: 174, topic: .hmac) { hmac($0, hash: .bits256) },
        file("hmac_sha384", count: 174, topic: .hmac) { hmac($0, hash: .bits384) },
        file("hmac_sha512", count: 174, topic: .hmac) { hmac($0, hash: .bits512) },
        file("hkdf_sha256", count: 86, topic: .sealing, judge: hkdf),
        file("aes_gcm", count: 316, topic: .sealing, judge: aead),
    ]

    private static let otherFiles =
        notOffered(
            because: "JWE is not offered",
            names: [
                ("json_web_encryption", 139), ("a128cbc_hs256", 94), ("a192cbc_hs384", 94), ("a256cbc_hs512", 94),
                ("aes_wrap", 165), ("rsa_oaep_2048_sha1_mgf1sha1", 36), ("rsa_oaep_2048_sha256_mgf1sha256", 37),
                ("rsa_oaep_misc", 395),
            ])
        + notOffered(
            because: "key agreement is not offered",
            names: [("ecdh_secp256r1_ecpoint", 355), ("ecdh_secp256r1_webcrypto", 353), ("x25519_jwk", 531)])
        + notOffered(
            because: "encryption under a password is not offered",
            names: [("pbes2_hmacsha256_aes_128", 84), ("pbkdf2_hmacsha256", 60)])
        + notOffered(because: "RSAES-PKCS1-v1_5 is never offered: a padding oracle", names: [("rsa_pkcs1_2048", 67)])
        + notOffered(because: "CBC without authentication is never offered", names: [("aes_cbc_pkcs5", 216)])

    private static func notOffered(because reason: String, names: [(String, Int)]) -> [File] {
        names.map { File(name: $0.0 + "_test.json", count: $0.1, use: .notOffered(reason)) }
    }
}
