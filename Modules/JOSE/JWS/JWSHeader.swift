import OAuthTypes
import WireFormats

/// The parts of a JOSE header that a verifier uses (RFC 7515 §4). Keys and links to keys in it are ignored: `jwk`,
/// `jku`, `x5u`, `x5c` and `x5t` decide nothing.
package struct JWSHeader: Sendable {
    let algorithm: JWSAlgorithm
    let keyID: KeyID?
    let type: HeaderType

    init(_ header: ScannedObject) throws(JWSError) {
        try Self.refuseExtensions(header)
        guard let alg = header.member("alg"), let name = header.text(alg) else { throw .parameter(.alg) }
        guard let algorithm = JWSAlgorithm(octets: name.utf8) else {
            throw .algorithm(Mismatch(expected: [], found: [name]))
        }
        self.algorithm = algorithm
        keyID = try Self.keyID(header)
        type = try Self.type(header)
    }

    // RFC 7515 §4.1.11: a critical parameter that is not understood refuses the token. None is understood here.
    private static let refused: [JWSError.Parameter] = [.crit, .b64, .zip, .cty]

    private static func refuseExtensions(_ header: ScannedObject) throws(JWSError) {
        for parameter in refused where header.member(parameter.rawValue) != nil {
            throw .parameter(parameter)
        }
    }

    private static func keyID(_ header: ScannedObject) throws(JWSError) -> KeyID? {
        guard let member = header.member("kid") else { return nil }
        guard let text = header.text(member), let keyID = try? KeyID(text) else { throw .parameter(.kid) }
        return keyID
    }

    private static func type(_ header: ScannedObject) throws(JWSError) -> HeaderType {
        guard let member = header.member("typ") else { return .absent }
        guard let text = header.text(member) else { throw .parameter(.typ) }
        return HeaderType(text)
    }
}
