public import OAuthTypes
public import WireFormats

/// Claims about the user, from the provider's UserInfo endpoint.
public struct UserInfo: Sendable {
    /// Whom they are about: the subject of the ID token.
    public let subject: SubjectID
    /// All claims, `sub` included.
    public let claims: JSONObject
    /// What in the answer departed from the standards and was read all the same.
    public let deviations: [ProviderDeviation]

    /// The text claim `name`, such as `email` or `name`; nil when it is absent or no text.
    public func string(_ name: String) -> String? { claims[name]?.stringValue }
}
