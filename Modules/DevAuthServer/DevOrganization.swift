import WireFormats

/// An organization whose members log in to an app, as at Auth0.
///
/// An app names it in the parameter `organization`; the tokens then carry `org_id`, and `org_name` in small letters.
public struct DevOrganization: Hashable, Sendable {
    /// The claim `org_id`.
    public var id: String
    /// Its name, which requests may use in place of the ID, in whatever case.
    public var name: String
    /// The values of `invitation` that it accepts.
    public var invitations: [String]

    /// Creates an organization.
    public init(id: String, name: String, invitations: [String] = []) {
        self.id = id
        self.name = name
        self.invitations = invitations
    }

    func isNamed(_ text: String) -> Bool {
        text.hasSameOctets(as: id) || text.lowercased().hasSameOctets(as: name.lowercased())
    }
}
