/// A prime curve of NIST SP 800-186.
package enum EllipticCurve: Hashable, Sendable, CaseIterable {
    case p256, p384, p521

    /// The length of a coordinate, and of each half of a signature, in octets.
    package var coordinateCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    var name: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }

    var libcryptoName: String {
        switch self {
        case .p256: "prime256v1"
        case .p384: "secp384r1"
        case .p521: "secp521r1"
        }
    }
}
