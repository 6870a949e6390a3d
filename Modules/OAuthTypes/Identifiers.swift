import WireFormats

/// The client's identifier at the authorization server: printable ASCII (RFC 6749 Appendix A.1), at most 512 octets.
public struct ClientID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as registered.
    public let text: String

    /// Creates an identifier.
    /// - Throws: ``IdentifierError`` when it is empty, longer than 512 octets or not printable ASCII.
    public init(_ text: String) throws(IdentifierError) {
        try requirePrintableASCII(text, kind: "client_id", limit: 512)
        self.text = text
    }

    /// The identifier.
    public var description: String { text }
}

/// A user's identifier, unique within its issuer and never reassigned (OpenID Connect Core §2, `sub`).
/// At most 255 ASCII characters, compared exactly.
public struct SubjectID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as the issuer wrote it.
    public let text: String

    /// Creates an identifier as the issuer wrote it.
    /// - Throws: ``IdentifierError`` when it is empty, longer than 255 octets or not printable ASCII.
    public init(_ text: String) throws(IdentifierError) {
        try requirePrintableASCII(text, kind: "sub", limit: 255)
        self.text = text
    }

    /// Creates an identifier from octets that ``isValid(_:)`` has accepted.
    package init(valid text: String) { self.text = text }

    /// Whether these octets are a valid identifier.
    package static func isValid(_ octets: Span<UInt8>) -> Bool { isPrintableASCII(octets, limit: 255) }

    /// The identifier.
    public var description: String { text }
}

/// The provider's identifier for the user's session there (OpenID Connect Front-Channel Logout §3, `sid`).
public struct ProviderSessionID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as the provider wrote it.
    public let text: String

    /// Creates an identifier as the provider wrote it.
    /// - Throws: ``IdentifierError`` when it is empty, longer than 512 octets or not printable ASCII.
    public init(_ text: String) throws(IdentifierError) {
        try requirePrintableASCII(text, kind: "sid", limit: 512)
        self.text = text
    }

    /// Creates an identifier from octets that ``isValid(_:)`` has accepted.
    package init(valid text: String) { self.text = text }

    /// Whether these octets are a valid identifier.
    package static func isValid(_ octets: Span<UInt8>) -> Bool { isPrintableASCII(octets, limit: 512) }

    /// The identifier.
    public var description: String { text }
}

/// The name of a key in a JWK set (RFC 7517 §4.5), compared octet by octet; at most 256 octets.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    /// The name as written, in UTF-8.
    public let octets: [UInt8]

    /// Creates a key ID.
    /// - Throws: ``IdentifierError`` when it is longer than 256 octets.
    public init(_ text: String) throws(IdentifierError) {
        let octets = Array(text.utf8)
        guard octets.count <= Self.limit else { throw .text(kind: "kid", rule: "at most 256 octets") }
        self.octets = octets
    }

    /// Creates a key ID; nil if it is longer than 256 octets. They must be UTF-8.
    package init?(octets: Span<UInt8>) {
        guard octets.count <= Self.limit else { return nil }
        self.octets = octets.indices.map { octets[$0] }
    }

    private static let limit = 256

    /// The name as text.
    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// The name as text.
    public var description: String { text }
}

func requirePrintableASCII(_ text: String, kind: String, limit: Int) throws(IdentifierError) {
    guard !text.isEmpty else { throw .text(kind: kind, rule: "must not be empty") }
    guard text.utf8.count <= limit else { throw .text(kind: kind, rule: "at most \(limit) octets") }
    guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
        throw .text(kind: kind, rule: "printable ASCII only")
    }
}

private func isPrintableASCII(_ octets: Span<UInt8>, limit: Int) -> Bool {
    (1...limit).contains(octets.count) && octets.isPrintableASCII
}
