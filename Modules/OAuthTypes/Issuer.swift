/// The authorization server's identifier, compared octet by octet (OpenID Connect Discovery §3, RFC 8414 §2).
///
/// `https://login.example` and `https://login.example/` are different issuers.
public struct Issuer: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as configured.
    public let text: String

    /// Scheme, host and port.
    public let origin: Origin

    private let plaintext: PlaintextHTTP

    /// Creates the configured issuer. `plaintext` says whether `http` is accepted for loopback hosts.
    /// - Throws: ``IdentifierError``; an issuer has neither query nor fragment.
    public init(_ text: String, allowing plaintext: PlaintextHTTP = .refused) throws(IdentifierError) {
        let url = try EndpointURL(text, allowing: plaintext)
        guard url.query == nil else { throw .url(.query) }
        self.text = text
        self.plaintext = plaintext
        origin = url.origin
    }

    /// Returns the address of its metadata: one trailing slash is removed before the suffix is added (Discovery §4).
    /// - Throws: ``IdentifierError`` if the result is longer than a URL may be.
    public func configurationURL() throws(IdentifierError) -> EndpointURL {
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        return try EndpointURL(base + "/.well-known/openid-configuration", allowing: plaintext)
    }

    /// The identifier.
    public var description: String { text }

    /// Whether both have the same text.
    public static func == (left: Issuer, right: Issuer) -> Bool { left.text == right.text }

    /// Feeds the text to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
