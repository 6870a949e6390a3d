public import JOSE
public import OAuthTypes
public import WireFormats

/// A login that has passed every check and is about to become a session.
public struct CompletedLogin: Sendable {
    /// Whether ``claims`` contain what was requested.
    public enum UserInfo: Sendable, Hashable {
        /// The ID token lacks no requested claim: the UserInfo endpoint was not called.
        case notNeeded
        /// The UserInfo endpoint was called, and its claims about this user are among ``claims``.
        case complete
        /// Claims are missing, and they could not be fetched: there is no access token or no such endpoint, or
        /// ``LoginSettings/asksUserInfo`` is false.
        case notAsked
        /// Claims are missing: the UserInfo endpoint could not be asked, or its answer is about another user.
        case failed
    }

    /// The verified ID token.
    public let idToken: IDToken
    /// The token response.
    public let tokens: TokenSet
    /// The claims that the session will contain: those of the ID token, and the user's own from the UserInfo endpoint
    /// if the ID token lacks them.
    public let claims: JSONObject
    /// Where the user's claims come from. A hook that decides by one of them must deny the login while they are
    /// incomplete: ``UserInfo/notAsked`` and ``UserInfo/failed``.
    public let userInfo: UserInfo
    /// What the provider granted of the requested authorization details (RFC 9396 §7). Not kept in the session: a hook adds what
    /// the app needs later.
    public var authorizationDetails: [JSONObject] { tokens.authorizationDetails }
    /// What the browser brought of the user beside the response; nobody vouches for it. Nil unless
    /// ``LoginSettings/takesUserOfFormPost`` is set and the provider sent it: Apple does at a user's first login only.
    public internal(set) var unverifiedUser: UnverifiedUser?
    /// What UserInfo added.
    let added: JSONObject

    init(idToken: IDToken, tokens: TokenSet, userInfo: UserInfo, added: JSONObject = [:]) {
        self.idToken = idToken
        self.tokens = tokens
        self.userInfo = userInfo
        self.added = added
        claims = ClaimSources.union(idToken.claims, adding: added)
    }
}
