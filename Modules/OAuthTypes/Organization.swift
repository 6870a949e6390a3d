/// An organization that a user logs in to, as Auth0 names it: by its identifier, which begins with `org_`, or by its name.
public struct Organization: Hashable, Sendable, CustomStringConvertible {
    /// The identifier or name, as it goes over the wire.
    public let text: String

    /// Creates an organization.
    /// - Throws: ``IdentifierError`` when it is empty, longer than 128 octets or not printable ASCII.
    public init(_ text: String) throws(IdentifierError) {
        try requirePrintableASCII(text, kind: "organization", limit: 128)
        self.text = text
    }

    /// Whether it is an identifier, which ID tokens have in `org_id`. A name is in `org_name`, and its case does not matter.
    public var isIdentifier: Bool { text.utf8.starts(with: "org_".utf8) }

    /// The identifier or name.
    public var description: String { text }
}
