import CryptoPrimitives

extension Wycheproof {
    package static let files = joseFiles + signatureFiles + secretFiles + otherFiles

    private static func file(
        _ name: String, _ count: Int?, _ topic: Topic,
        _ judge: @escaping @Sendable ([WycheproofCase]) throws -> Verdicts
    ) -> File {
        File(name: name + "_test.json", count: count, use: .judged(topic, judge))
    }

    private static let joseFiles = [
        file("json_web_signature", 401, .jose, jws),
        file("json_web_crypto", 83, .jose, jws),
        file("json_web_key", nil, .jose, jws),
    ]

    private static let signatureFiles = pkcs1Files + pssFiles + curveFiles

    private static let pkcs1Files = [
        pkcs1File(2048, 256, 259), pkcs1File(2048, 384, 258), pkcs1File(2048, 512, 259),
        pkcs1File(3072, 256, 259), pkcs1File(3072, 384, 259), pkcs1File(3072, 512, 260),
        pkcs1File(4096, 256, 258), pkcs1File(4096, 384, 259), pkcs1File(4096, 512, 259),
        pkcs1File(8192, 256, nil), pkcs1File(8192, 384, nil), pkcs1File(8192, 512, nil),
    ]

    /// Both engines must judge alike and right: a case that either gets wrong is wrong.
    private static func pkcs1File(_ bits: Int, _ digest: Int, _ count: Int?) -> File {
        file("rsa_signature_\(bits)_sha\(digest)", count, .pkcs1) { cases in
            let hash: SHA2.Size = digest == 256 ? .bits256 : digest == 384 ? .bits384 : .bits512
            let verdicts = try pkcs1(cases, hash, .evp)
            return verdicts.adding(wrong: try pkcs1(cases, hash, .montgomeryChain).wrong)
        }
    }

    private static let pssFiles = [
        file("rsa_pss_2048_sha256_mgf1_0", 103, .pss, pss),
        file("rsa_pss_2048_sha256_mgf1_32", 108, .pss, pss),
        file("rsa_pss_2048_sha256_mgf1sha1_20", 108, .pss, pss),
        file("rsa_pss_2048_sha384_mgf1_48", 141, .pss, pss),
        file("rsa_pss_3072_sha256_mgf1_32", 108, .pss, pss),
        file("rsa_pss_4096_sha256_mgf1_32", 108, .pss, pss),
        file("rsa_pss_4096_sha384_mgf1_48", 141, .pss, pss),
        file("rsa_pss_4096_sha512_mgf1_64", 179, .pss, pss),
        file("rsa_pss_misc", 150, .pss, pss),
    ]

    private static let curveFiles = [
        file("ecdsa_secp256r1_sha256_p1363", 262, .ecdsa) { try ecdsa($0, .p256, .bits256) },
        file("ecdsa_secp384r1_sha384_p1363", 280, .ecdsa) { try ecdsa($0, .p384, .bits384) },
        file("ecdsa_secp521r1_sha512_p1363", 318, .ecdsa) { try ecdsa($0, .p521, .bits512) },
        file("ecdsa_secp256r1_sha256", 484, .ecdsa) { try ecdsa($0, .p256, .bits256, isFixedWidth: false) },
        file("ed25519", 151, .edwards) { try edwards($0, .ed25519) },
        file("ed448", 87, .edwards) { try edwards($0, .ed448) },
    ]

    private static let secretFiles = [
        file("hmac_sha256", 174, .hmac) { hmac($0, .bits256) },
        file("hmac_sha384", 174, .hmac) { hmac($0, .bits384) },
        file("hmac_sha512", 174, .hmac) { hmac($0, .bits512) },
        file("hkdf_sha256", 86, .sealing, hkdf),
        file("aes_gcm", 316, .sealing, aead),
    ]

    private static let otherFiles =
        notOffered(
            because: "JWE is not offered",
            [
                ("json_web_encryption", 139), ("a128cbc_hs256", 94), ("a192cbc_hs384", 94), ("a256cbc_hs512", 94),
                ("aes_wrap", 165), ("rsa_oaep_2048_sha1_mgf1sha1", 36), ("rsa_oaep_2048_sha256_mgf1sha256", 37),
                ("rsa_oaep_misc", 395),
            ])
        + notOffered(
            because: "key agreement is not offered",
            [("ecdh_secp256r1_ecpoint", 355), ("ecdh_secp256r1_webcrypto", 353), ("x25519_jwk", 531)])
        + notOffered(
            because: "encryption under a password is not offered",
            [("pbes2_hmacsha256_aes_128", 84), ("pbkdf2_hmacsha256", 60)])
        + notOffered(because: "RSAES-PKCS1-v1_5 is never offered: a padding oracle", [("rsa_pkcs1_2048", 67)])
        + notOffered(because: "CBC without authentication is never offered", [("aes_cbc_pkcs5", 216)])

    private static func notOffered(because reason: String, _ names: [(String, Int)]) -> [File] {
        names.map { File(name: $0.0 + "_test.json", count: $0.1, use: .notOffered(reason)) }
    }
}
