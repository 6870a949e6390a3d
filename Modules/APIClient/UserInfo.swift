public import OAuthTypes
public import WireFormats

/// Claims about the user, from the provider's UserInfo endpoint.
public struct UserInfo: Sendable {
    /// The user: the subject of the ID token.
    public let subject: SubjectID
    /// All claims, `sub` included.
    public let claims: JSONObject
    /// The accepted deviations of the response.
    public let deviations: [ProviderDeviation]

    /// The string claim `name`, such as `email` or `name`; nil if it is absent or not a string.
    public func string(_ name: String) -> String? { claims[name]?.stringValue }
}
