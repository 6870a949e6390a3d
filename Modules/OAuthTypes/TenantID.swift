/// A tenant at a provider that serves many of them: a GUID in lower case, as Microsoft Entra writes it in `tid`.
public struct TenantID: Hashable, Sendable, CustomStringConvertible {
    /// The identifier.
    public let text: String

    /// Creates an identifier.
    /// - Throws: ``IdentifierError`` unless it has the form `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with the digits
    ///   `0`…`9` and `a`…`f`. Tenants are compared octet by octet, so capitals are refused.
    public init(_ text: String) throws(IdentifierError) {
        guard Self.isGUID(text) else {
            throw .text(kind: "tenant", rule: "a GUID in lower case, such as 8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4e")
        }
        self.text = text
    }

    private static let groups = [8, 4, 4, 4, 12]

    private static func isGUID(_ text: String) -> Bool {
        guard text.utf8.count == 36 else { return false }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == groups
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
    }

    /// The identifier.
    public var description: String { text }
}
