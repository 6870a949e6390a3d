/// An Edwards curve of RFC 8032.
package enum EdwardsCurve: Hashable, Sendable, CaseIterable {
    case ed25519, ed448

    /// The length of a public key in octets.
    package var keyCount: Int {
        switch self {
        case .ed25519: 32
        case .ed448: 57
        }
    }

    /// The length of a signature in octets.
    package var signatureCount: Int { 2 * keyCount }

    var name: String {
        switch self {
        case .ed25519: "ED25519"
        case .ed448: "ED448"
        }
    }

    /// The prime of the coordinates' field, little-endian: 2^255 - 19, and 2^448 - 2^224 - 1.
    private var prime: [UInt8] {
        switch self {
        case .ed25519: [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
        case .ed448:
            [UInt8](repeating: 0xFF, count: 28) + [0xFE] + [UInt8](repeating: 0xFF, count: 27) + [0x00]
        }
    }

    /// The y coordinates, little-endian, of the points whose order is 1, 2, 4 or (Ed25519) 8.
    private var smallOrderCoordinates: [[UInt8]] {
        let zero = [UInt8](repeating: 0, count: keyCount)
        var one = zero
        one[0] = 1
        var minusOne = prime
        minusOne[0] -= 1
        return [zero, one, minusOne] + (self == .ed25519 ? Self.orderEight : [])
    }

    // y of the points whose double has y = 0; each serves the two points that differ in the sign of x.
    private static let orderEight: [[UInt8]] = [
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    /// Throws unless `key` encodes a reduced y coordinate (RFC 8032 §5.1.3, §5.2.3) that is not of small order.
    func check(_ key: [UInt8]) throws(CryptoError) {
        guard key.count == keyCount else { throw .length(of: .key, expected: keyCount, actual: key.count) }
        var coordinate = key
        coordinate[keyCount - 1] &= 0x7F  // the sign of x
        guard prime.reversed().lexicographicallyPrecedes(coordinate.reversed()) == false, coordinate != prime else {
            throw .invalidPoint
        }
        guard !smallOrderCoordinates.contains(coordinate) else { throw .smallOrderPoint }
    }
}
