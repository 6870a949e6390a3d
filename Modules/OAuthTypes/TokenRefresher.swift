/// Which access token is requested.
public struct TokenTarget: Hashable, Sendable {
    /// The API the token is for, as Auth0 names it (`audience`); nil for the one of the login.
    public var audience: String?
    /// The APIs the token is for (RFC 8707 `resource`); empty for those of the login.
    public var resources: [String]
    /// The requested scope; nil for everything that was granted.
    public var scope: Scope?

    /// Creates a target; by default that of the login.
    public init(audience: String? = nil, resources: [String] = [], scope: Scope? = nil) {
        self.audience = audience
        self.resources = resources
        self.scope = scope
    }
}

/// Requests new tokens for a refresh token, and says whether they may be used. `TokenEndpoint` is one; `LoginFlow` adds
/// the verification of a refreshed ID token.
public protocol TokenRefresher: Sendable {
    /// Requests new tokens for `token` (RFC 6749 §6). The request is sent at most once. The response is not checked
    /// yet.
    /// - Throws: ``TokenEndpointError``; its case says whether the old token may still be used.
    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet

    /// Whether the ID token in `tokens` is valid (OpenID Connect Core §12.2); called for every response with one,
    /// before any caller gets the access token.
    func check(_ tokens: TokenSet) async -> TokenCheck
}

/// Whether tokens from a refresh may be used.
public enum TokenCheck: Sendable, Hashable {
    /// They are valid and for this user.
    case accepted
    /// It is not known yet, for example while the provider's keys cannot be fetched: ask again later.
    case unavailable
    /// They may never be used.
    case refused(Refusal)

    /// Why tokens may never be used.
    public struct Refusal: Sendable, Hashable {
        /// A name for logs and branches that never changes, such as `wrong_nonce`; at most 64 octets of printable ASCII.
        public let code: String
        /// Whether they are for another user than the one who logged in.
        public let namesAnotherUser: Bool

        /// Creates a reason.
        public init(code: String, namesAnotherUser: Bool = false) {
            self.code = String(decoding: code.utf8.lazy.filter { (0x21...0x7E).contains($0) }.prefix(64), as: UTF8.self)
            self.namesAnotherUser = namesAnotherUser
        }
    }
}
