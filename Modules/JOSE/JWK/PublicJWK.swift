import CryptoPrimitives
package import OAuthTypes
import WireFormats

/// A public key as a set publishes it (RFC 7517 §4): read strictly, its numbers not yet looked into.
package struct PublicJWK: Hashable, Sendable {
    enum Material: Hashable, Sendable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case ec(EllipticCurve, x: [UInt8], y: [UInt8])
        case edwards(EdwardsCurve, [UInt8])
    }

    package let keyID: KeyID?
    /// The one algorithm it is for; nil for any that fits.
    let algorithm: JWSAlgorithm?
    let material: Material

    init(keyID: KeyID?, algorithm: JWSAlgorithm?, material: Material) {
        self.keyID = keyID
        self.algorithm = algorithm
        self.material = material
    }

    /// Reads a key that may verify signatures.
    init(_ element: JSONValue) throws(JWKRefusal) {
        guard let json = element.objectValue else { throw .notAnObject }
        let type = try Self.type(of: json)
        guard !Self.privateMembers.contains(where: { json[$0] != nil }) else { throw .privateMembers }
        try Self.requireVerifying(json)
        keyID = try Self.keyID(of: json)
        algorithm = try Self.algorithm(of: json)
        material = try Self.material(type, json)
    }

    /// Whether the key is of the kind that the algorithm works with.
    func fits(_ method: PublicKeyAlgorithm.Method) -> Bool {
        switch (method, material) {
        case (.pkcs1, .rsa), (.pss, .rsa), (.edDSA, .edwards): true
        case (.ecdsa(let wanted, _), .ec(let curve, _, _)): wanted == curve
        default: false
        }
    }
}

extension PublicJWK {
    private enum KeyType { case rsa, ec, edwards }

    // RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 8037 §2
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    private static func type(of json: JSONObject) throws(JWKRefusal) -> KeyType {
        switch try text("kty", json) {
        case "RSA": return .rsa
        case "EC": return .ec
        case "OKP": return .edwards
        case "oct": throw .symmetric
        default: throw .unsupported
        }
    }

    private static func requireVerifying(_ json: JSONObject) throws(JWKRefusal) {
        if json["use"] != nil, try text("use", json) != "sig" { throw .purpose }
        guard let operations = json["key_ops"] else { return }
        guard let names = operations.arrayValue else { throw .malformed("key_ops") }
        guard names.contains("verify") else { throw .purpose }
    }

    private static func keyID(of json: JSONObject) throws(JWKRefusal) -> KeyID? {
        guard json["kid"] != nil else { return nil }
        guard let keyID = try? KeyID(text("kid", json)) else { throw .malformed("kid") }
        return keyID
    }

    private static func algorithm(of json: JSONObject) throws(JWKRefusal) -> JWSAlgorithm? {
        guard json["alg"] != nil else { return nil }
        guard let algorithm = JWSAlgorithm(octets: try text("alg", json).utf8) else { throw .algorithm }
        return algorithm
    }

    private static func material(_ type: KeyType, _ json: JSONObject) throws(JWKRefusal) -> Material {
        switch type {
        case .rsa:
            return .rsa(
                modulus: try octets("n", json, atMost: 2_049), exponent: try octets("e", json, atMost: 2_049))
        case .ec:
            guard let curve = curves[try text("crv", json)] else { throw .unsupported }
            let width = curve.coordinateCount
            return .ec(curve, x: try octets("x", json, exactly: width), y: try octets("y", json, exactly: width))
        case .edwards:
            guard let curve = edwardsCurves[try text("crv", json)] else { throw .unsupported }
            return .edwards(curve, try octets("x", json, exactly: curve.keyCount))
        }
    }

    static let curves: [String: EllipticCurve] = ["P-256": .p256, "P-384": .p384, "P-521": .p521]
    static let edwardsCurves: [String: EdwardsCurve] = ["Ed25519": .ed25519, "Ed448": .ed448]

    private static func text(_ name: String, _ json: JSONObject) throws(JWKRefusal) -> String {
        guard let text = json[name]?.stringValue else { throw .malformed(name) }
        return text
    }

    private static func octets(_ name: String, _ json: JSONObject, exactly count: Int) throws(JWKRefusal) -> [UInt8] {
        let octets = try octets(name, json, atMost: count)
        guard octets.count == count else { throw .malformed(name) }
        return octets
    }

    private static func octets(_ name: String, _ json: JSONObject, atMost count: Int) throws(JWKRefusal) -> [UInt8] {
        let text = try text(name, json)
        guard let octetCount = Base64URL.decodedCount(ofEncodedCount: text.utf8.count),
            (1...count).contains(octetCount),
            let octets = Base64URL.decode(text)
        else { throw .malformed(name) }
        return octets
    }
}
