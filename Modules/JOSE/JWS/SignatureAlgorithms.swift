import CryptoPrimitives
public import OAuthTypes

/// A signature algorithm that verifies with a public key (RFC 7518 §3.3–3.5, RFC 8037 §3.1, RFC 9864 §2.2).
///
/// HMAC has a type of its own, ``MACAlgorithm``: no list can contain both, so a published key is never used as a
/// secret.
public struct SignatureAlgorithm: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The name on the wire.
    public let name: JWSAlgorithm
    let method: Method

    enum Method: Hashable, Sendable {
        case pkcs1(SHA2.Size)
        case pss(SHA2.Size)
        case ecdsa(EllipticCurve, SHA2.Size)
        /// On that curve; nil for either.
        case edDSA(EdwardsCurve?)
    }

    private init(_ name: JWSAlgorithm, method: Method) {
        self.name = name
        self.method = method
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256, the algorithm of most ID tokens.
    public static let rs256 = SignatureAlgorithm(.rs256, method: .pkcs1(.bits256))
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    public static let rs384 = SignatureAlgorithm(.rs384, method: .pkcs1(.bits384))
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    public static let rs512 = SignatureAlgorithm(.rs512, method: .pkcs1(.bits512))
    /// RSASSA-PSS with SHA-256.
    public static let ps256 = SignatureAlgorithm(.ps256, method: .pss(.bits256))
    /// RSASSA-PSS with SHA-384.
    public static let ps384 = SignatureAlgorithm(.ps384, method: .pss(.bits384))
    /// RSASSA-PSS with SHA-512.
    public static let ps512 = SignatureAlgorithm(.ps512, method: .pss(.bits512))
    /// ECDSA on P-256 with SHA-256.
    public static let es256 = SignatureAlgorithm(.es256, method: .ecdsa(.p256, .bits256))
    /// ECDSA on P-384 with SHA-384.
    public static let es384 = SignatureAlgorithm(.es384, method: .ecdsa(.p384, .bits384))
    /// ECDSA on P-521 with SHA-512.
    public static let es512 = SignatureAlgorithm(.es512, method: .ecdsa(.p521, .bits512))
    /// EdDSA on Ed25519 or Ed448, depending on the key.
    public static let edDSA = SignatureAlgorithm(.edDSA, method: .edDSA(nil))
    /// EdDSA on Ed25519 only: another name for what ``edDSA`` does with such a key.
    public static let ed25519 = SignatureAlgorithm(.ed25519, method: .edDSA(.ed25519))
    /// EdDSA on Ed448 only: another name for what ``edDSA`` does with such a key.
    public static let ed448 = SignatureAlgorithm(.ed448, method: .edDSA(.ed448))

    /// All algorithms.
    public static let allCases = [
        rs256, rs384, rs512, ps256, ps384, ps512, es256, es384, es512, edDSA, ed25519, ed448,
    ]

    /// Creates the algorithm of that name; nil for HMAC.
    public init?(_ name: JWSAlgorithm) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    var isEdDSA: Bool {
        if case .edDSA = method { true } else { false }
    }

    /// The name on the wire.
    public var description: String { name.rawValue }
}

/// A signature algorithm that signs and verifies with the same secret (RFC 7518 §3.2).
public struct MACAlgorithm: Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The name on the wire.
    public let name: JWSAlgorithm
    let hash: SHA2.Size

    private init(_ name: JWSAlgorithm, hash: SHA2.Size) {
        self.name = name
        self.hash = hash
    }

    /// HMAC with SHA-256.
    public static let hs256 = MACAlgorithm(.hs256, hash: .bits256)
    /// HMAC with SHA-384.
    public static let hs384 = MACAlgorithm(.hs384, hash: .bits384)
    /// HMAC with SHA-512.
    public static let hs512 = MACAlgorithm(.hs512, hash: .bits512)

    /// All algorithms.
    public static let allCases = [hs256, hs384, hs512]

    /// The name on the wire.
    public var description: String { name.rawValue }
}

/// The algorithms that a verifier accepts. There is no default: the integrator decides, never the token.
///
///     let algorithms: SignatureAlgorithms = [.rs256]
///
/// `EdDSA` stands for `Ed25519` and `Ed448` too, and each of these for `EdDSA` on its own curve (RFC 9864 §2.2),
/// depending on the key.
public struct SignatureAlgorithms: Hashable, Sendable, ExpressibleByArrayLiteral {
    private let members: [SignatureAlgorithm]

    /// Creates a list of exactly these algorithms; an empty one refuses every token.
    public init(_ algorithms: some Sequence<SignatureAlgorithm>) {
        members = Array(algorithms)
    }

    /// Creates a list of exactly these algorithms.
    public init(arrayLiteral elements: SignatureAlgorithm...) {
        self.init(elements)
    }

    /// The algorithm to verify a token with that names `name`; nil if none is accepted.
    func member(named name: JWSAlgorithm) -> SignatureAlgorithm? {
        members.first { $0.name == name } ?? member(like: name)
    }

    // Two names of one algorithm: the narrower one decides which curve it is.
    private func member(like name: JWSAlgorithm) -> SignatureAlgorithm? {
        guard let named = SignatureAlgorithm(name), named.isEdDSA else { return nil }
        let own = members.filter(\.isEdDSA)
        guard named == .edDSA else { return own.contains(.edDSA) ? named : nil }
        guard let first = own.first else { return nil }
        return own.allSatisfy { $0 == first } ? first : .edDSA
    }

    /// Their names on the wire.
    var names: [String] { members.map(\.name.rawValue) }
}

extension JWSAlgorithm {
    /// The algorithm with exactly this name.
    init?(octets: some Collection<UInt8>) {
        guard let found = Self.allCases.first(where: { octets.elementsEqual($0.rawValue.utf8) }) else { return nil }
        self = found
    }

    /// The hash that `at_hash` and `c_hash` are made with (OpenID Connect Core §3.1.3.6); nil where Core names none.
    var hash: SHA2.Size? {
        switch self {
        case .rs256, .ps256, .es256, .hs256: .bits256
        case .rs384, .ps384, .es384, .hs384: .bits384
        case .rs512, .ps512, .es512, .hs512: .bits512
        case .edDSA, .ed25519, .ed448: nil
        }
    }
}
