public import OAuthTypes

/// Returns the access token for a call. ``StaticAccessToken`` has a fixed one, ``RefreshingTokenSource`` refreshes it.
///
/// A source belongs to one user: its holder calls APIs on behalf of that user. It may be called from any number of
/// tasks.
public protocol AccessTokenSource: Sendable {
    /// A token that is good for a call now.
    /// - Throws: ``AccessTokenError`` when there is none.
    func accessToken() async throws(AccessTokenError) -> AccessToken

    /// Another token than `refused`, which an API called invalid; nil when there is no other.
    /// - Throws: ``AccessTokenError`` when getting another one failed.
    func replacement(for refused: AccessToken) async throws(AccessTokenError) -> AccessToken?
}

/// A source for a token that is not refreshed: for scripts, tests, or a token managed elsewhere.
public struct StaticAccessToken: AccessTokenSource {
    private let token: AccessToken

    /// Creates a source with the token.
    public init(_ token: AccessToken) { self.token = token }

    /// The token, whether it is still good or not.
    public func accessToken() async throws(AccessTokenError) -> AccessToken { token }

    /// Always nil.
    public func replacement(for refused: AccessToken) async throws(AccessTokenError) -> AccessToken? { nil }
}
