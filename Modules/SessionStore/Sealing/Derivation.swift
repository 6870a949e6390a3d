import CryptoPrimitives

/// Key derivation that cannot fail for any input, nor when libcrypto has no memory; it stops the program for an empty
/// key or an impossible count, which only our own callers could pass.
enum Derivation {
    static func derive(from secret: [UInt8], label: String, count: Int = 32) -> [UInt8] {
        do {
            let info = Array("swift-login-flow v1 \(label)".utf8)
            return try HKDF.derive(secret: secret, salt: [], info: info, count: count)
        } catch {
            // Every count is a constant of ours, of 1 to 255 blocks; HKDF fails for no other reason.
            preconditionFailure("HKDF cannot derive: \(error)")
        }
    }

    static func authenticate(key: [UInt8], message: [UInt8]) -> [UInt8] {
        do { return try HMAC.sha256(key: key, message: message) } catch {
            // Every key is derived, of 32 octets; HMAC fails for an empty one only.
            preconditionFailure("HMAC cannot authenticate: \(error)")
        }
    }
}
