import CryptoPrimitives
import OAuthTypes
import WireFormats

/// A private key in the form of a JWK (RFC 7518 §6, RFC 8037 §2), read strictly: no provider publishes it.
struct PrivateJWK {
    /// The key as DER: PKCS #1, SEC 1 or PKCS #8.
    let der: [UInt8]
    /// The public half that the JWK states.
    let stated: PublicJWK.Material
    /// The algorithm that it names; nil if it names none.
    let algorithm: JWSAlgorithm?
    let keyID: KeyID?

    /// - Throws: ``KeyError/privateKeyMember(_:)``.
    init(_ jwk: JSONObject) throws(KeyError) {
        let members = Members(jwk: jwk)
        try members.requireSigning()
        (der, stated) = try members.key()
        algorithm = try members.optional("alg").map { name throws(KeyError) in
            guard let algorithm = JWSAlgorithm(rawValue: name) else { throw .privateKeyMember("alg") }
            return algorithm
        }
        keyID = try members.optional("kid").map { name throws(KeyError) in
            guard let keyID = try? KeyID(name) else { throw .privateKeyMember("kid") }
            return keyID
        }
    }
}

private struct Members {
    let jwk: JSONObject

    func key() throws(KeyError) -> (der: [UInt8], stated: PublicJWK.Material) {
        switch try text("kty") {
        case "RSA": try rsa()
        case "EC": try ec()
        case "OKP": try edwards()
        default: throw .privateKeyMember("kty")
        }
    }

    // RFC 7517 §4.2, §4.3: a key for another purpose does not sign.
    func requireSigning() throws(KeyError) {
        if let use = jwk["use"], use != "sig" { throw .privateKeyMember("use") }
        guard let operations = jwk["key_ops"] else { return }
        guard operations.arrayValue?.contains("sign") == true else { throw .privateKeyMember("key_ops") }
    }

    // RFC 8017 A.1.2. Without the primes libcrypto reads no key, and working them out is not our part.
    private func rsa() throws(KeyError) -> (der: [UInt8], stated: PublicJWK.Material) {
        var numbers: [[UInt8]] = [[0]]
        for name in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] { numbers.append(try octets(name)) }
        guard jwk["oth"] == nil else { throw .privateKeyMember("oth") }
        let (modulus, exponent) = (Self.number(numbers[1]), Self.number(numbers[2]))
        return (DEROctets.sequence(numbers.map(DEROctets.integer)), .rsa(modulus: modulus, exponent: exponent))
    }

    // RFC 5915 §3: libcrypto makes the public half of a key that comes without it.
    private func ec() throws(KeyError) -> (der: [UInt8], stated: PublicJWK.Material) {
        guard let curve = PublicJWK.curves[try text("crv")] else { throw .privateKeyMember("crv") }
        let width = curve.coordinateCount
        let (x, y) = (try octets("x", count: width), try octets("y", count: width))
        let der = DEROctets.sequence([
            DEROctets.integer([1]), DEROctets.octets(try octets("d", count: width)),
            DEROctets.tagged(DEROctets.identifier(curve.identifier)),
        ])
        return (der, .ec(curve, x: x, y: y))
    }

    // RFC 8410 §7
    private func edwards() throws(KeyError) -> (der: [UInt8], stated: PublicJWK.Material) {
        guard let curve = PublicJWK.edwardsCurves[try text("crv")] else { throw .privateKeyMember("crv") }
        let der = DEROctets.sequence([
            DEROctets.integer([0]), DEROctets.sequence([DEROctets.identifier(curve.identifier)]),
            DEROctets.octets(DEROctets.octets(try octets("d", count: curve.keyCount))),
        ])
        return (der, .edwards(curve, try octets("x", count: curve.keyCount)))
    }

    func optional(_ name: String) throws(KeyError) -> String? { jwk[name] == nil ? nil : try text(name) }

    private func text(_ name: String) throws(KeyError) -> String {
        guard let text = jwk[name]?.stringValue else { throw .privateKeyMember(name) }
        return text
    }

    // The largest RSA keys have moduli of 16,384 bits.
    private func octets(_ name: String) throws(KeyError) -> [UInt8] {
        let text = try text(name)
        guard (1...2_800).contains(text.utf8.count), let octets = Base64URL.decode(text) else {
            throw .privateKeyMember(name)
        }
        return octets
    }

    private func octets(_ name: String, count: Int) throws(KeyError) -> [UInt8] {
        let octets = try octets(name)
        guard octets.count == count else { throw .privateKeyMember(name) }
        return octets
    }

    private static func number(_ octets: [UInt8]) -> [UInt8] { Array(octets.drop { $0 == 0 }) }
}

extension EllipticCurve {
    fileprivate var identifier: [UInt8] {
        switch self {
        case .p256: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        case .p384: [0x2B, 0x81, 0x04, 0x00, 0x22]
        case .p521: [0x2B, 0x81, 0x04, 0x00, 0x23]
        }
    }
}

extension EdwardsCurve {
    fileprivate var identifier: [UInt8] {
        switch self {
        case .ed25519: [0x2B, 0x65, 0x70]
        case .ed448: [0x2B, 0x65, 0x71]
        }
    }
}
