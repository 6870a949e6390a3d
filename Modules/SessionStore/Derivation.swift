import CryptoPrimitives

/// Key derivation that cannot fail on any input; it stops the program if libcrypto has no HMAC-SHA-256 at all, as
/// `SHA2.sha256` does.
enum Derivation {
    static func derive(from secret: [UInt8], label: String, count: Int = 32) -> [UInt8] {
        do {
            let info = Array("swift-login-flow v1 \(label)".utf8)
            return try HKDF.derive(secret: secret, salt: [], info: info, count: count)
        } catch { preconditionFailure("libcrypto has no HKDF: \(error)") }
    }

    static func authenticate(key: [UInt8], message: [UInt8]) -> [UInt8] {
        do { return try HMAC.authenticate(key: key, message: message) } catch {
            preconditionFailure("libcrypto has no HMAC: \(error)")
        }
    }
}
