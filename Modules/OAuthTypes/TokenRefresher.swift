/// Which access token is wanted.
public struct TokenTarget: Hashable, Sendable {
    /// The API the token is for (RFC 8707 `resource`, Auth0's `audience`); nil for the one of the login.
    public var audience: String?
    /// The scope wanted; nil for all that was granted.
    public var scope: Scope?

    /// Describes a wanted token; by default that of the login.
    public init(audience: String? = nil, scope: Scope? = nil) {
        self.audience = audience
        self.scope = scope
    }
}

/// Gets new tokens for a refresh token, and says whether they may be used. `TokenEndpoint` is one; `LoginFlow` adds the
/// check of a refreshed ID token.
///
/// The two are apart because the first uses the old refresh token up: between them the caller makes the new tokens durable,
/// and whatever happens to the check, they are not lost.
public protocol TokenRefresher: Sendable {
    /// Refreshes with `token` (RFC 6749 §6). The request goes out at most once. What comes back is not checked yet.
    /// - Throws: ``TokenEndpointError``; whether the old token may still be used follows from its case.
    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet

    /// Whether the ID token in `tokens` holds (OpenID Connect Core §12.2); asked wherever one came, before anybody gets
    /// the access token.
    ///
    /// It may be asked again, by several callers at once, by another process and long after the tokens came: times are
    /// judged as of `TokenSet.receivedAt`, and the refresh token may be missing. It never sends a refresh token. A
    /// verdict is final but for ``TokenCheck/unavailable``; a cancelled caller gets that one.
    func check(_ tokens: TokenSet) async -> TokenCheck
}

/// Whether tokens that came with a refresh may be used.
public enum TokenCheck: Sendable, Hashable {
    /// They are this user's.
    case accepted
    /// Nobody can tell yet, as while the provider's keys cannot be fetched: ask again later.
    case unavailable
    /// They may never be used.
    case refused(Refusal)

    /// Why tokens may never be used.
    public struct Refusal: Sendable, Hashable {
        /// A name for logs and branches that never changes, such as `wrong_nonce`; at most 64 octets of printable ASCII.
        public let code: String
        /// Whether they name another user than the one who logged in.
        public let namesAnotherUser: Bool

        /// Says why.
        public init(code: String, namesAnotherUser: Bool = false) {
            self.code = String(decoding: code.utf8.lazy.filter { (0x21...0x7E).contains($0) }.prefix(64), as: UTF8.self)
            self.namesAnotherUser = namesAnotherUser
        }
    }
}
