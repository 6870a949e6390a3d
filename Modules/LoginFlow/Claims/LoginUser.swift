public import OAuthTypes
public import WireFormats

/// The standard claims about a user (OpenID Connect Core §5.1). Everything but ``subject`` is the provider's word and may
/// change from one login to the next; show it as text.
public struct LoginUser: Sendable, Hashable {
    /// An address, and whether the provider has checked that it belongs to the user.
    public struct Email: Sendable, Hashable {
        /// The address. Never identify a user by it.
        public let address: String
        /// Whether `email_verified` is the value `true`. Anything else, also a text that says so, counts as not verified.
        public let isVerified: Bool
    }

    /// The user, unique within the issuer (`sub`).
    public let subject: SubjectID
    /// The full name to show (`name`).
    public let name: String?
    /// The address with its verification (`email`, `email_verified`).
    public let email: Email?
    /// The address of a picture (`picture`); nil unless it is an `https` URL.
    public let picture: String?
    /// The user's language, such as `en-GB` (`locale`).
    public let locale: String?

    /// Reads the claims of a user. A claim that is empty or of another type counts as missing.
    public init(subject: SubjectID, claims: JSONObject) {
        let text = { (name: String) in claims[name]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
        self.subject = subject
        name = text("name")
        email = text("email").map { Email(address: $0, isVerified: claims["email_verified"] == .bool(true)) }
        picture = text("picture").flatMap { (try? EndpointURL($0)) == nil ? nil : $0 }
        locale = text("locale")
    }
}

extension LoginSession {
    /// The standard claims about the user.
    public var user: LoginUser { LoginUser(subject: subject, claims: claims) }
}
