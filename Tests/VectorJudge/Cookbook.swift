import JOSE
import TestSupport
import WireFormats

/// The examples of RFC 7520, 7797 and 8037 as the JOSE working group published them.
package enum Cookbook {
    package struct Example: Sendable, CustomStringConvertible {
        /// The file below `ietf-jose-cookbook`.
        package let file: String
        let use: Use

        package var description: String { file }
    }

    enum Use: Sendable {
        /// A compact JWS that verifies and gives the printed payload; its other serializations are refused.
        case verifies
        /// All its serializations are refused: extensions, detached content, several signatures, encryption.
        case refused
        /// A key that a set may hold.
        case publicKey
        /// A private or symmetric key, which a set may not hold.
        case secretKey
    }

    package static let examples =
        names(
            "jws",
            names: [
                "4_1.rsa_v15_signature", "4_2.rsa-pss_signature", "4_3.ecdsa_signature",
                "4_4.hmac-sha2_integrity_protection",
            ], use: .verifies)
        + names("curve25519", names: ["jws"], use: .verifies)
        + names(
            "jws",
            names: [
                "4_5.signature_with_detached_content", "4_6.protecting_specific_header_fields",
                "4_7.protecting_content_only", "4_8.multiple_signatures",
            ], use: .refused)
        + names("rfc7797", names: ["4.2.hmac-sha2_b64_false", "hmac-sha2_b64_false"], use: .refused)
        + names("jwk", names: ["3_1.ec_public_key", "3_3.rsa_public_key"], use: .publicKey)
        + names(
            "jwk",
            names: [
                "3_2.ec_private_key", "3_4.rsa_private_key", "3_5.symmetric_key_mac_computation",
                "3_6.symmetric_key_encryption",
            ], use: .secretKey)
        + names("curve25519", names: ["ecdh-es"], use: .refused)
        + names(
            "jwe",
            names: [
                "5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2", "5_2.key_encryption_using_rsa-oaep_with_aes-gcm",
                "5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2",
                "5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm",
                "5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2", "5_6.direct_encryption_using_aes-gcm",
                "5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2",
                "5_8.key_wrap_using_aes-keywrap_with_aes-gcm", "5_9.compressed_content",
                "5_10.including_additional_authentication_data", "5_11.protecting_specific_header_fields",
                "5_12.protecting_content_only", "5_13.encrypting_to_multiple_recipients",
            ], use: .refused)

    private static func names(_ folder: String, names: [String], use: Use) -> [Example] {
        names.map { Example(file: "\(folder)/\($0).json", use: use) }
    }

    /// Judges one example: a case for each serialization, or for the key.
    package static func judge(_ example: Example) throws -> Verdicts {
        let document = try VectorDocument.published("ietf-jose-cookbook/\(example.file)")
        var verdicts = Verdicts()
        switch example.use {
        case .verifies, .refused: try judgeSignature(document, of: example, verdicts: &verdicts)
        case .publicKey, .secretKey:
            let expected: Verdicts.Expected = if case .publicKey = example.use { .accept } else { .policy }
            let isTaken = try JWKSet(jwks: ["keys": [.object(document)]]).count == 1
            verdicts.record(example.file, accepted: isTaken, expected: expected)
        }
        return verdicts
    }

    private static func judgeSignature(
        _ document: JSONObject, of example: Example, verdicts: inout Verdicts
    ) throws {
        let input = document["input"]?.objectValue ?? [:]
        let key = PublishedExamples.published(input["key"]?.objectValue ?? ["kty": "RSA"])
        for (name, value) in document["output"]?.objectValue?.members.map({ ($0.name, $0.value) }) ?? [] {
            let text = value.stringValue ?? String(decoding: JSONWriter.bytes(value), as: UTF8.self)
            let payload = try RawVerification.payload(text, key: key)
            let isWanted = if case .verifies = example.use { name == "compact" } else { false }
            let isTaken = isWanted ? payload == input["payload"]?.stringValue.map { Array($0.utf8) } : payload != nil
            verdicts.record("\(example.file) \(name)", accepted: isTaken, expected: isWanted ? .accept : .policy)
        }
    }
}
