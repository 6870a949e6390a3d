/// A scope value and its meaning for the user.
public struct DevScope: Hashable, Sendable {
    /// The scope value.
    public let name: String
    /// The text on the consent page. It completes "the app wants to …" and starts with a capital letter.
    public let words: String

    /// Creates a scope value.
    public init(_ name: String, words: String) {
        self.name = name
        self.words = words
    }

    /// `read:demo`, the scope of the demo API.
    public static let readDemo = DevScope("read:demo", words: "Read the demo API")

    static let openID = "openid"
    static let profile = "profile"
    static let email = "email"
    static let offlineAccess = "offline_access"

    // OpenID Connect Core §5.4 and §11.
    static let standard = [
        DevScope(openID, words: "Know who you are"),
        DevScope(profile, words: "See your name"),
        DevScope(email, words: "See your e-mail address"),
        DevScope(offlineAccess, words: "Stay signed in while you are away"),
    ]
}
