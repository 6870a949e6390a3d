import CryptoPrimitives

/// How RSASSA-PKCS1-v1_5 signatures are verified. All engines give the same results.
public enum SignatureEngine: Hashable, Sendable {
    /// libcrypto's high-level interface, through its configured provider.
    case standard
    /// libcrypto's big-number arithmetic directly: faster, but outside any FIPS provider. Keys with an exponent other
    /// than 65537 are verified by ``standard``.
    case montgomeryChain

    var rsaEngine: RSAEngine {
        switch self {
        case .standard: .evp
        case .montgomeryChain: .montgomeryChain
        }
    }
}

/// Which keys of a set may be used, and how.
public struct JWKPolicy: Hashable, Sendable {
    /// The sizes of an RSA modulus in bits, within 2,048…16,384.
    public var rsaBits: ClosedRange<Int>
    /// How RSA signatures are verified.
    public var engine: SignatureEngine

    /// Creates a policy; by default RSA keys of 2,048 to 8,192 bits.
    public init(rsaBits: ClosedRange<Int> = 2048...8192, engine: SignatureEngine = .standard) {
        self.rsaBits = rsaBits
        self.engine = engine
    }
}
