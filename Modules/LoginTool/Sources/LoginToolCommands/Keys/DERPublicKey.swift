import WireFormats

/// The DER encoding of the public key in a JWK: PKCS #1 for RSA (RFC 8017 §A.1.1), SubjectPublicKeyInfo for the others
/// (RFC 5480 §2, RFC 8410 §4). It checks nothing; `PublicKey(der:)` does.
struct DERPublicKey {
    let octets: [UInt8]

    init?(_ jwk: JSONObject) {
        switch jwk["kty"]?.stringValue {
        case "RSA":
            guard let modulus = Self.octets("n", of: jwk), let exponent = Self.octets("e", of: jwk) else { return nil }
            octets = Self.element(0x30, Self.integer(modulus) + Self.integer(exponent))
        case "EC":
            guard let curve = Self.curves[jwk["crv"]?.stringValue ?? ""], let x = Self.octets("x", of: jwk),
                let y = Self.octets("y", of: jwk)
            else { return nil }
            octets = Self.subject(Self.ecPublicKey + Self.element(0x06, curve), key: [0x04] + x + y)
        case "OKP":
            guard let curve = Self.edwardsCurves[jwk["crv"]?.stringValue ?? ""], let x = Self.octets("x", of: jwk)
            else { return nil }
            octets = Self.subject(Self.element(0x06, curve), key: x)
        default: return nil
        }
    }

    // The contents of the object identifiers.
    private static let ecPublicKey = element(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])
    private static let curves: [String: [UInt8]] = [
        "P-256": [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], "P-384": [0x2B, 0x81, 0x04, 0x00, 0x22],
        "P-521": [0x2B, 0x81, 0x04, 0x00, 0x23],
    ]
    private static let edwardsCurves: [String: [UInt8]] = [
        "Ed25519": [0x2B, 0x65, 0x70], "Ed448": [0x2B, 0x65, 0x71],
    ]

    private static func octets(_ name: String, of jwk: JSONObject) -> [UInt8]? {
        jwk[name]?.stringValue.flatMap { Base64URL.decode($0) }
    }

    private static func subject(_ algorithm: [UInt8], key: [UInt8]) -> [UInt8] {
        element(0x30, element(0x30, algorithm) + element(0x03, [0] + key))
    }

    private static func integer(_ octets: [UInt8]) -> [UInt8] {
        let digits = octets.drop { $0 == 0 }
        return element(0x02, (digits.first ?? 0x80) & 0x80 == 0 ? Array(digits) : [0] + digits)
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
