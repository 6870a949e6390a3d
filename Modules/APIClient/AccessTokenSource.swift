public import OAuthTypes

/// Hands out the access token for a call. ``StaticAccessToken`` holds one, ``RefreshingTokenSource`` renews it.
///
/// A source belongs to one user: whoever holds it calls APIs in that user's name. Callable from any number of tasks.
public protocol AccessTokenSource: Sendable {
    /// A token that is good for a call now.
    /// - Throws: ``AccessTokenError`` when there is none.
    func accessToken() async throws(AccessTokenError) -> AccessToken

    /// Another token than `refused`, which an API called invalid; nil when there is no other.
    /// - Throws: ``AccessTokenError`` when getting another one failed.
    func replacement(for refused: AccessToken) async throws(AccessTokenError) -> AccessToken?
}

/// A source for a token that nobody renews: scripts, tests, a token that another part looks after.
public struct StaticAccessToken: AccessTokenSource {
    private let token: AccessToken

    /// Takes the token.
    public init(_ token: AccessToken) { self.token = token }

    /// The token, whether it is still good or not.
    public func accessToken() async throws(AccessTokenError) -> AccessToken { token }

    /// Always nil.
    public func replacement(for refused: AccessToken) async throws(AccessTokenError) -> AccessToken? { nil }
}
