public import OAuthTypes

/// The picture of a development account.
public enum DevPicture: Hashable, Sendable {
    /// No picture, and no claim `picture`.
    case none
    /// The user's initials, which the server draws and serves itself.
    case initials
    /// A picture elsewhere. The server does not fetch it.
    case url(EndpointURL)
}
