/// The form of the issuers of a provider that has one per tenant: an issuer with `{tenantid}` in its path.
///
///     let template = try IssuerTemplate("https://login.microsoftonline.com/{tenantid}/v2.0")
///
/// The template itself is no issuer: no token may name it.
public struct IssuerTemplate: Hashable, Sendable, CustomStringConvertible {
    /// The template as the provider's metadata writes it.
    public let text: String

    private static let placeholder = "{tenantid}"
    private let prefix: String
    private let suffix: String
    private let plaintext: PlaintextHTTP

    /// Creates a template. `plaintext` says whether `http` is accepted for loopback hosts.
    /// - Throws: ``IdentifierError`` unless `{tenantid}` stands in it once, in the path, and a tenant in its place makes
    ///   an issuer.
    public init(_ text: String, allowing plaintext: PlaintextHTTP = .refused) throws(IdentifierError) {
        let parts = text.split(separator: Self.placeholder, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].utf8.contains(UInt8(ascii: "?")),
            try !EndpointURL(String(parts[0]), allowing: plaintext).path.isEmpty
        else { throw .text(kind: "issuer template", rule: "{tenantid} stands once, in the path") }
        self.text = text
        self.plaintext = plaintext
        prefix = String(parts[0])
        suffix = String(parts[1])
        _ = try Issuer(prefix + "00000000-0000-0000-0000-000000000000" + suffix, allowing: plaintext)
    }

    /// The issuer of one tenant.
    /// - Throws: never for a template that exists; the type of its initializer's errors.
    public func issuer(of tenant: TenantID) throws(IdentifierError) -> Issuer {
        try Issuer(prefix + tenant.text + suffix, allowing: plaintext)
    }

    /// The tenant whose issuer this is, octet by octet; nil for any other text.
    public func tenant(of issuer: String) -> TenantID? {
        let (octets, before, after) = (issuer.utf8, prefix.utf8, suffix.utf8)
        guard octets.count >= before.count + after.count, octets.starts(with: before),
            octets.suffix(after.count).elementsEqual(after)
        else { return nil }
        return try? TenantID(String(decoding: octets.dropFirst(before.count).dropLast(after.count), as: UTF8.self))
    }

    /// The template.
    public var description: String { text }
}
