public import OAuthTypes
import WireFormats

/// Parameters that Auth0 defines. Other providers ignore them.
struct Auth0Parameters: Sendable {
    var connection: String?
    var organization: Organization?
    var invitation: String?
    var screenHint: String?

    /// The names on the wire.
    static let names: Set<String> = ["connection", "organization", "invitation", "screen_hint"]

    private static let longest = 512

    var fields: [FormField] {
        let values = [
            ("connection", connection), ("organization", organization?.text), ("invitation", invitation),
            ("screen_hint", screenHint),
        ]
        return values.compactMap { name, value in value.map { FormField(name: name, value: $0) } }
    }

    func validate() throws(AuthorizationRequestError) {
        for field in fields {
            let octets = field.value.utf8
            guard (1...Self.longest).contains(octets.count), octets.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw .value(field.name)
            }
        }
        guard invitation == nil || organization != nil else { throw .invitationWithoutOrganization }
    }
}

extension AuthorizationRequest {
    /// The connection, such as `google-oauth2`, that the user logs in with; nil lets the user choose.
    public var connection: String? {
        get { auth0.connection }
        set { auth0.connection = newValue }
    }

    /// The organization that the user logs in to; the ID token must then name it. Nil leaves it to the provider.
    public var organization: Organization? {
        get { auth0.organization }
        set { auth0.organization = newValue }
    }

    /// The ticket of an invitation to ``organization``, as it came to the app's login page.
    public var invitation: String? {
        get { auth0.invitation }
        set { auth0.invitation = newValue }
    }

    /// The page that the provider shows first, such as `signup`.
    public var screenHint: String? {
        get { auth0.screenHint }
        set { auth0.screenHint = newValue }
    }
}
