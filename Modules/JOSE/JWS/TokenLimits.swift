/// The limits of a token.
public struct TokenLimits: Hashable, Sendable {
    /// The maximum size of a token in octets.
    public let tokenOctets: Int

    /// Creates limits; by default tokens of at most 64 KiB. Less than one octet refuses every token.
    public init(tokenOctets: Int = 65_536) {
        self.tokenOctets = tokenOctets
    }

    /// The defaults.
    public static let standard = TokenLimits()

    static let headerOctets = 8_192
    /// The signature of the largest RSA key that can be configured, 16,384 bits, in base64url.
    static let signatureOctets = 2_731
}
