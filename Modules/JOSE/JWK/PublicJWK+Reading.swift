import CryptoPrimitives
import OAuthTypes
import WireFormats

extension PublicJWK {
    /// Reads a key of a set that may verify signatures. Its accepted deviations are added to `notes`.
    init(_ json: ScannedObject, noting notes: inout [ProviderDeviation]) throws(JWKError) {
        var members = JWKMembers(json)
        let type = try Self.type(members)
        guard !members.holdSecret() else { throw JWKError(.privateMembers) }
        try Self.requireVerifying(&members)
        keyID = try members.keyID()
        algorithm = try Self.algorithm(&members)
        issuer = members.issuer()
        material = try Self.material(type, from: &members)
        if !members.deviations.isEmpty { members.deviations.forEach { notes.note($0) } }
    }

    /// Reads a key that no provider publishes: no deviation is accepted.
    init(strictly element: JSONValue) throws(JWKError) {
        guard let json = element.objectValue, let scanned = try? ScannedObject(scanning: JSONWriter.bytes(json)) else {
            throw JWKError(.notAnObject)
        }
        var notes: [ProviderDeviation] = []
        try self.init(scanned, noting: &notes)
        if let deviation = notes.first { throw JWKError(.malformed(deviation.member ?? "jwk")) }
    }

    private enum KeyType { case rsa, ec, edwards }

    private static func type(_ members: JWKMembers) throws(JWKError) -> KeyType {
        guard let type = members.requiredText(.kty) else { throw JWKError(.malformed("kty")) }
        if members.isText(type, equalTo: "RSA") { return .rsa }
        if members.isText(type, equalTo: "EC") { return .ec }
        if members.isText(type, equalTo: "OKP") { return .edwards }
        throw JWKError(members.isText(type, equalTo: "oct") ? .symmetric : .unsupported)
    }

    private static func requireVerifying(_ members: inout JWKMembers) throws(JWKError) {
        if let use = try members.optionalText(.use), !members.isText(use, equalTo: "sig") { throw JWKError(.purpose) }
        guard let operations = try members.operations() else { return }
        guard operations.contains("verify") else { throw JWKError(.purpose) }
    }

    private static func algorithm(_ members: inout JWKMembers) throws(JWKError) -> JWSAlgorithm? {
        guard let text = try members.optionalText(.alg) else { return nil }
        guard let algorithm = JWSAlgorithm.allCases.first(where: { members.isText(text, equalTo: $0.rawValue) }) else {
            throw JWKError(.algorithm)
        }
        return algorithm
    }

    private static func material(_ type: KeyType, from members: inout JWKMembers) throws(JWKError) -> Material {
        switch type {
        case .rsa:
            return .rsa(modulus: try members.number(.n), exponent: try members.number(.e))
        case .ec:
            guard let curve = curves[try curveName(members)] else { throw JWKError(.unsupported) }
            let width = curve.coordinateCount...curve.coordinateCount
            return .ec(curve, x: try members.octets(.x, count: width), y: try members.octets(.y, count: width))
        case .edwards:
            guard let curve = edwardsCurves[try curveName(members)] else { throw JWKError(.unsupported) }
            return .edwards(curve, try members.octets(.x, count: curve.keyCount...curve.keyCount))
        }
    }

    static let curves: [String: EllipticCurve] = ["P-256": .p256, "P-384": .p384, "P-521": .p521]
    static let edwardsCurves: [String: EdwardsCurve] = ["Ed25519": .ed25519, "Ed448": .ed448]

    private static func curveName(_ members: JWKMembers) throws(JWKError) -> String {
        guard let text = members.text(.crv) else { throw JWKError(.malformed("crv")) }
        return text
    }
}
