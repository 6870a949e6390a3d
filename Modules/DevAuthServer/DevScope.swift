/// A scope value and its meaning for the user.
public struct DevScope: Hashable, Sendable {
    /// The scope value.
    public let name: String
    /// The text on the consent page. It completes "the app wants to …" and starts with a capital letter.
    public let words: String
    /// Whether the user cannot leave it out on the consent page.
    public let isRequired: Bool

    /// Creates a scope value.
    public init(_ name: String, words: String, isRequired: Bool = false) {
        self.name = name
        self.words = words
        self.isRequired = isRequired
    }

    /// The name of its box on the consent page.
    var field: String { "scope.\(name)" }

    /// `read:demo`, the scope of the demo API.
    public static let readDemo = DevScope("read:demo", words: "Read the demo API")

    static let openID = "openid"
    static let profile = "profile"
    static let email = "email"
    static let offlineAccess = "offline_access"

    // OpenID Connect Core §5.4 and §11.
    static let standard = [
        DevScope(openID, words: "Know who you are", isRequired: true),
        DevScope(profile, words: "See your name"),
        DevScope(email, words: "See your e-mail address"),
        DevScope(offlineAccess, words: "Stay signed in while you are away"),
    ]
}
