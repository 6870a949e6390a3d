public import OAuthTypes
public import WireFormats

/// The password of a development account. It prints as `<redacted>`; ``exposedText`` is for the person at the terminal.
public struct DevPassword: SecretText {
    /// The password itself.
    public let exposedText: String

    /// Creates a password from its text.
    public init(_ text: String) { exposedText = text }

    /// Generates a password that is easy to read and type: eight syllables of six random bits each.
    public static func readable(random: RandomSource) -> DevPassword {
        let syllables = random.bytes(count: 8).map { octet in
            String([consonants[Int(octet >> 2) % consonants.count], vowels[Int(octet & 3)]])
        }
        return DevPassword(syllables.prefix(4).joined() + "-" + syllables.dropFirst(4).joined())
    }

    private static let consonants: [Character] = Array("bdfghjklmnprstvz")
    private static let vowels: [Character] = Array("aeio")
}

/// A user of the development server.
public struct DevAccount: Sendable {
    /// The user name, compared octet by octet.
    public var username: String
    /// The password. It counts only if the account has the login option ``DevLoginOption/password``.
    public var password: DevPassword
    /// The claim `sub`.
    public var subject: SubjectID
    /// The claim `name`, released with the scope `profile`.
    public var name: String
    /// The claim `email`, released with the scope `email`.
    public var email: String
    /// The claim `email_verified`.
    public var isEmailVerified: Bool
    /// The claim `picture`, released with the scope `profile`.
    public var picture: DevPicture
    /// Further claims, such as `locale` or `groups`, released with the scope `profile`. None of ``reservedClaims``.
    public var claims: JSONObject
    /// How the user can log in.
    public var loginOptions: Set<DevLoginOption>

    /// The names that ``claims`` cannot have: claims of the protocol, and those with a property of their own.
    public static let reservedClaims: Set<String> = [
        "iss", "sub", "aud", "azp", "exp", "iat", "nbf", "jti", "auth_time", "nonce", "at_hash", "c_hash", "acr", "amr",
        "sid", "scope", "client_id", "events", "cnf", "idp", "org_id", "org_name", "authorization_details", "name",
        "preferred_username", "email", "email_verified",
        "picture",
    ]

    /// Creates a user.
    public init(
        username: String, password: DevPassword, subject: SubjectID, name: String, email: String,
        isEmailVerified: Bool = true, picture: DevPicture = .none, claims: JSONObject = [:],
        loginOptions: Set<DevLoginOption> = .all
    ) {
        self.username = username
        self.password = password
        self.subject = subject
        self.name = name
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.picture = picture
        self.claims = claims
        self.loginOptions = loginOptions
    }

    /// The accounts `alice` and `bob` with new, readable passwords, and their initials as pictures. Bob's email address
    /// is not verified.
    public static func samples(random: RandomSource) -> [DevAccount] {
        [
            sample("alice", name: "Alice Liddell", isEmailVerified: true, random: random),
            sample("bob", name: "Bob Builder", isEmailVerified: false, random: random),
        ].compactMap(\.self)
    }

    private static func sample(
        _ username: String, name: String, isEmailVerified: Bool, random: RandomSource
    ) -> DevAccount? {
        guard let subject = try? SubjectID("dev-\(username)") else { return nil }
        return DevAccount(
            username: username, password: .readable(random: random), subject: subject, name: name,
            email: "\(username)@example.com", isEmailVerified: isEmailVerified, picture: .initials)
    }
}
