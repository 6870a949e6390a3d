package import CryptoPrimitives
import WireFormats

extension PublicJWK {
    /// The members that make up the key, in the order of RFC 7638 §3.2.
    var requiredMembers: JSONObject {
        switch material {
        case .rsa(let modulus, let exponent):
            return [
                "e": .string(Base64URL.encode(exponent)), "kty": "RSA", "n": .string(Base64URL.encode(modulus)),
            ]
        case .ec(let curve, let x, let y):
            return [
                "crv": .string(Self.name(of: curve, in: Self.curves)), "kty": "EC",
                "x": .string(Base64URL.encode(x)), "y": .string(Base64URL.encode(y)),
            ]
        case .edwards(let curve, let x):
            return [
                "crv": .string(Self.name(of: curve, in: Self.edwardsCurves)), "kty": "OKP",
                "x": .string(Base64URL.encode(x)),
            ]
        }
    }

    /// The key's thumbprint (RFC 7638 §3) with SHA-256, in base64url.
    package func thumbprint() throws(CryptoError) -> String {
        Base64URL.encode(try SHA2.hash(JSONWriter.bytes(requiredMembers), size: .bits256))
    }

    private static func name<Curve: Hashable>(of curve: Curve, in names: [String: Curve]) -> String {
        names.first { $0.value == curve }?.key ?? ""
    }
}
