import WireFormats

/// Writes DER for tests: octets that are right, and octets that are wrong on purpose.
enum DER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<128: [UInt8(count)]
            case ..<256: [0x81, UInt8(count)]
            case ..<65_536: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            default: [0x83, UInt8(count >> 16), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
            }
        return [tag] + length + content
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, Array(parts.joined())) }

    static func integer(_ number: [UInt8]) -> [UInt8] {
        let needsZero = number.first.map { $0 >= 0x80 } ?? true
        return element(0x02, (needsZero ? [0] : []) + number)
    }

    static func bits(_ content: [UInt8]) -> [UInt8] { element(0x03, [0] + content) }

    static let rsa = sequence(element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]), [5, 0])
    static let ed25519 = sequence(element(0x06, [0x2B, 0x65, 0x70]))
    static let ed448 = sequence(element(0x06, [0x2B, 0x65, 0x71]))
    static let x25519 = sequence(element(0x06, [0x2B, 0x65, 0x6E]))
    static let p256 = ec([0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7])
    static let p384 = ec([0x2B, 0x81, 0x04, 0, 0x22])
    static let p521 = ec([0x2B, 0x81, 0x04, 0, 0x23])
    static let secp256k1 = ec([0x2B, 0x81, 0x04, 0, 0x0A])

    private static func ec(_ curve: [UInt8]) -> [UInt8] {
        sequence(element(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]), element(0x06, curve))
    }

    static func pkcs1(_ modulus: [UInt8], _ exponent: [UInt8]) -> [UInt8] {
        sequence(integer(modulus), integer(exponent))
    }

    /// `SubjectPublicKeyInfo` (RFC 5280 §4.1).
    static func publicKey(_ algorithm: [UInt8], _ key: [UInt8]) -> [UInt8] { sequence(algorithm, bits(key)) }

    /// The `SubjectPublicKeyInfo` of a key as a set publishes it.
    static func publicKey(_ jwk: JSONObject) -> [UInt8] {
        let member = { (name: String) in jwk[name]?.stringValue.flatMap { Base64URL.decode($0) } ?? [] }
        return switch (jwk["kty"]?.stringValue, jwk["crv"]?.stringValue) {
        case ("RSA", _): publicKey(rsa, pkcs1(member("n"), member("e")))
        case (_, "P-256"): publicKey(p256, [4] + member("x") + member("y"))
        case (_, "P-384"): publicKey(p384, [4] + member("x") + member("y"))
        case (_, "P-521"): publicKey(p521, [4] + member("x") + member("y"))
        case (_, "Ed448"): publicKey(ed448, member("x"))
        default: publicKey(ed25519, member("x"))
        }
    }

    /// A certificate that ended in 1950, without names, and with an invalid signature.
    static func certificate(_ publicKey: [UInt8]) -> [UInt8] {
        let algorithm = sequence(element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11]), [5, 0])
        let date = element(0x17, Array("500101000000Z".utf8))
        let version = element(0xA0, integer([2]))
        let body = sequence(
            version, integer([1]), algorithm, sequence(), sequence(date, date), sequence(), publicKey)
        return sequence(body, algorithm, bits([1, 2, 3]))
    }

    static func pem(_ label: String, _ octets: [UInt8]) -> [UInt8] {
        Array("-----BEGIN \(label)-----\n\(Base64.encode(octets))\n-----END \(label)-----\n".utf8)
    }
}
