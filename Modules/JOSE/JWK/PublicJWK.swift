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
    init(_ json: ScannedObject) throws(JWKRefusal) {
        let type = try Self.type(of: json)
        guard !Self.privateMembers.contains(where: { json.member($0) != nil }) else { throw .privateMembers }
        try Self.requireVerifying(json)
        keyID = try Self.keyID(of: json)
        algorithm = try Self.algorithm(of: json)
        material = try Self.material(type, json)
    }

    /// Reads a key that may verify signatures.
    init(_ element: JSONValue) throws(JWKRefusal) {
        guard let json = element.objectValue, let scanned = try? ScannedObject(scanning: JSONWriter.bytes(json)) else {
            throw .notAnObject
        }
        try self.init(scanned)
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

    /// The members of a key, as a scanner notes them.
    private enum Name {
        static let kty = JSONName("kty")
        static let use = JSONName("use")
        static let operations = JSONName("key_ops")
        static let kid = JSONName("kid")
        static let alg = JSONName("alg")
        static let n = JSONName("n")
        static let e = JSONName("e")
        static let crv = JSONName("crv")
        static let x = JSONName("x")
        static let y = JSONName("y")
    }

    // RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 8037 §2
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].map { JSONName($0) }

    private static func type(of json: ScannedObject) throws(JWKRefusal) -> KeyType {
        guard let member = json.member(Name.kty), member.kind == .string else { throw .malformed("kty") }
        if json.isText(member, "RSA") { return .rsa }
        if json.isText(member, "EC") { return .ec }
        if json.isText(member, "OKP") { return .edwards }
        throw json.isText(member, "oct") ? .symmetric : .unsupported
    }

    private static func requireVerifying(_ json: ScannedObject) throws(JWKRefusal) {
        if let use = json.member(Name.use) {
            guard use.kind == .string else { throw .malformed("use") }
            guard json.isText(use, "sig") else { throw .purpose }
        }
        guard let operations = json.member(Name.operations) else { return }
        guard let names = json.value(operations)?.arrayValue else { throw .malformed("key_ops") }
        guard names.contains("verify") else { throw .purpose }
    }

    private static func keyID(of json: ScannedObject) throws(JWKRefusal) -> KeyID? {
        guard let member = json.member(Name.kid) else { return nil }
        guard let keyID = json.withText(member, KeyID.init(octets:)) ?? nil else { throw .malformed("kid") }
        return keyID
    }

    private static func algorithm(of json: ScannedObject) throws(JWKRefusal) -> JWSAlgorithm? {
        guard let member = json.member(Name.alg) else { return nil }
        guard member.kind == .string else { throw .malformed("alg") }
        guard let algorithm = JWSAlgorithm.allCases.first(where: { json.isText(member, $0.rawValue) }) else {
            throw .algorithm
        }
        return algorithm
    }

    private static func material(_ type: KeyType, _ json: ScannedObject) throws(JWKRefusal) -> Material {
        switch type {
        case .rsa:
            return .rsa(modulus: try number(Name.n, "n", json), exponent: try number(Name.e, "e", json))
        case .ec:
            guard let curve = curves[try curveName(json)] else { throw .unsupported }
            let width = curve.coordinateCount...curve.coordinateCount
            return .ec(curve, x: try octets(Name.x, "x", json, width), y: try octets(Name.y, "y", json, width))
        case .edwards:
            guard let curve = edwardsCurves[try curveName(json)] else { throw .unsupported }
            return .edwards(curve, try octets(Name.x, "x", json, curve.keyCount...curve.keyCount))
        }
    }

    static let curves: [String: EllipticCurve] = ["P-256": .p256, "P-384": .p384, "P-521": .p521]
    static let edwardsCurves: [String: EdwardsCurve] = ["Ed25519": .ed25519, "Ed448": .ed448]

    private static func curveName(_ json: ScannedObject) throws(JWKRefusal) -> String {
        guard let text = json.member(Name.crv).flatMap(json.text) else { throw .malformed("crv") }
        return text
    }

    /// A number in the fewest octets (RFC 7518 §2), however many zeros it was written with: a key has one thumbprint.
    private static func number(
        _ name: JSONName, _ wireName: String, _ json: ScannedObject
    ) throws(JWKRefusal) -> [UInt8] {
        let octets = try octets(name, wireName, json, 1...2_049)
        return octets.first == 0 ? Array(octets.drop { $0 == 0 }) : octets
    }

    /// The octets of a base64url member; how many there are is checked before they are decoded.
    private static func octets(
        _ name: JSONName, _ wireName: String, _ json: ScannedObject, _ counts: ClosedRange<Int>
    ) throws(JWKRefusal) -> [UInt8] {
        let octets = json.member(name).flatMap { member in
            json.withText(member) { text -> [UInt8]? in
                guard let count = Base64URL.decodedCount(ofEncodedCount: text.count), counts.contains(count) else {
                    return nil
                }
                return Base64URL.decode(text)
            }
        }
        guard let octets, let octets else { throw .malformed(wireName) }
        return octets
    }
}
