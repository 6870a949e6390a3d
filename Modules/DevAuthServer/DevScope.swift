/// A scope value and what it means to the person who is asked for it.
public struct DevScope: Hashable, Sendable {
    /// The value in requests and tokens.
    public let name: String
    /// What the consent page says: a phrase that completes "the app wants to …", with a capital.
    public let words: String

    /// Describes a scope value.
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
