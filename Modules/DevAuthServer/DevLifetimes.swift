/// How long what the development server issues is good for, in seconds.
public struct DevLifetimes: Hashable, Sendable {
    /// An authorization code (RFC 6749 §4.1.2 allows ten minutes at most).
    public var code: Int64
    /// An access token.
    public var accessToken: Int64
    /// An ID token.
    public var idToken: Int64
    /// A refresh token, counted anew with each rotation.
    public var refreshToken: Int64
    /// A login at this server.
    public var session: Int64
    /// A login or consent page that waits for its answer.
    public var page: Int64

    /// Describes lifetimes; by default 60 s, 1 h, 1 h, 30 days, 12 h and 10 min.
    public init(
        code: Int64 = 60, accessToken: Int64 = 3600, idToken: Int64 = 3600, refreshToken: Int64 = 2_592_000,
        session: Int64 = 43_200, page: Int64 = 600
    ) {
        self.code = code
        self.accessToken = accessToken
        self.idToken = idToken
        self.refreshToken = refreshToken
        self.session = session
        self.page = page
    }
}
