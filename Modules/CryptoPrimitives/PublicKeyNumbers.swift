/// The numbers of a public key as read from DER octets. They are not checked yet; the keys' initializers do that.
package enum PublicKeyNumbers: Hashable, Sendable {
    /// Big-endian, without leading zeros.
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// Affine coordinates, each as long as the curve's coordinates.
    case ec(EllipticCurve, x: [UInt8], y: [UInt8])
    /// The encoded point.
    case edwards(EdwardsCurve, [UInt8])

    /// The structures that hold a public key.
    package enum Container: Hashable, Sendable, CaseIterable {
        /// `SubjectPublicKeyInfo` (RFC 5280 §4.1).
        case subjectPublicKeyInfo
        /// `RSAPublicKey` (RFC 8017 §A.1.1).
        case pkcs1
        /// An X.509 certificate (RFC 5280 §4.1), of which only the key is read.
        case certificate
    }

    /// The maximum number of octets of a public key.
    package static let maximumOctets = 1 << 20

    /// Reads the key in a container, which must take up all of the octets.
    package init(_ der: [UInt8], in container: Container) throws(CryptoError) {
        guard (1...Self.maximumOctets).contains(der.count) else { throw .malformedPublicKey }
        let key =
            switch container {
            case .subjectPublicKeyInfo: try EVPKey.publicKey(subjectPublicKeyInfo: der)
            case .pkcs1: try EVPKey.publicKey(pkcs1: der)
            case .certificate: try EVPKey.publicKey(certificate: der)
            }
        try self.init(key)
    }

    /// Reads the key in whichever container the octets are. Says so when they are a private key.
    package init(der: [UInt8]) throws(CryptoError) {
        for container in Container.allCases {
            do throws(CryptoError) {
                self = try PublicKeyNumbers(der, in: container)
                return
            } catch {
                guard error == .malformedPublicKey else { throw error }
            }
        }
        if EVPKey.isEncryptedPrivateKey(der) { throw .encryptedPrivateKey }
        if (1...Self.maximumOctets).contains(der.count), (try? EVPKey.privateKey(der: der)) != nil { throw .privateKey }
        throw .malformedPublicKey
    }

    private init(_ key: EVPKey) throws(CryptoError) {
        if key.isA("RSA") {
            self = .rsa(modulus: try key.number("n"), exponent: try key.number("e"))
        } else if key.isA("EC") {
            let name = key.groupName
            guard let curve = EllipticCurve.allCases.first(where: { $0.libcryptoName == name }) else {
                throw .unexpectedKeyType
            }
            // The point at infinity has no coordinates.
            let width = curve.coordinateCount
            guard let x = try? key.number("qx", width: width), let y = try? key.number("qy", width: width) else {
                throw .invalidPoint
            }
            self = .ec(curve, x: x, y: y)
        } else {
            guard let curve = EdwardsCurve.allCases.first(where: { key.isA($0.name) }) else { throw .unexpectedKeyType }
            self = .edwards(curve, try key.rawPublicKey(count: curve.keyCount))
        }
    }
}
