/// How long the codes, tokens and pages of the development server are valid, counted in whole seconds.
public struct DevLifetimes: Hashable, Sendable {
    /// An authorization code (RFC 6749 §4.1.2 allows ten minutes at most).
    public var code: Duration
    /// An access token.
    public var accessToken: Duration
    /// An ID token.
    public var idToken: Duration
    /// A refresh token; each rotation starts anew.
    public var refreshToken: Duration
    /// A login at this server.
    public var session: Duration
    /// A login or consent page that waits for the user.
    public var page: Duration
    /// A code for a mail address.
    public var loginCode: Duration
    /// A pushed authorization request (RFC 9126 §2.2).
    public var pushedRequest: Duration

    /// Creates lifetimes; the defaults are 60 s, 1 h, 1 h, 30 days, 12 h, 10 min, 5 min and 60 s.
    public init(
        code: Duration = .seconds(60), accessToken: Duration = .seconds(3600), idToken: Duration = .seconds(3600),
        refreshToken: Duration = .seconds(2_592_000), session: Duration = .seconds(43_200),
        page: Duration = .seconds(600), loginCode: Duration = .seconds(300), pushedRequest: Duration = .seconds(60)
    ) {
        self.code = code
        self.accessToken = accessToken
        self.idToken = idToken
        self.refreshToken = refreshToken
        self.session = session
        self.page = page
        self.loginCode = loginCode
        self.pushedRequest = pushedRequest
    }
}
