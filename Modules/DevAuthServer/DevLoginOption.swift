/// A way to log in at the development server. Its login page offers those that at least one account has.
public enum DevLoginOption: String, Hashable, Sendable, CaseIterable {
    /// User name and password.
    case password
    /// A code for the mail address. No mail is sent: the page shows the code.
    case emailCode
    /// A button like those for other identity providers. It leads to a page of this server where an account is chosen.
    case testProvider

    /// The value of the claim `idp` after a login by ``testProvider``.
    public static let testProviderName = "test-identity-provider"
}

extension Set<DevLoginOption> {
    /// Every option.
    public static var all: Set<DevLoginOption> { Set(DevLoginOption.allCases) }
}
