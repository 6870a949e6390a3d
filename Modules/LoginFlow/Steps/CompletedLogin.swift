public import JOSE
public import OAuthTypes
public import WireFormats

/// A login that has passed every check and is about to become a session.
public struct CompletedLogin: Sendable {
    /// Whether ``claims`` hold what was asked for.
    public enum UserInfo: Sendable, Hashable {
        /// Nothing that was asked for is missing in the ID token: the UserInfo endpoint was not asked.
        case notNeeded
        /// The UserInfo endpoint was asked, and its claims about this user are among ``claims``.
        case complete
        /// Claims are missing, and they could not be asked for: there is no access token or no such endpoint, or
        /// ``LoginSettings/asksUserInfo`` says no.
        case notAsked
        /// Claims are missing: the UserInfo endpoint could not be asked, or its answer is about somebody else.
        case failed
    }

    /// The verified ID token.
    public let idToken: IDToken
    /// What the token endpoint answered.
    public let tokens: TokenSet
    /// The claims that the session will hold: those of the ID token, and the user's own from the UserInfo endpoint
    /// where the ID token lacks them.
    public let claims: JSONObject
    /// Where the user's claims come from. A hook that decides by one of them has to say no while they are incomplete:
    /// ``UserInfo/notAsked`` and ``UserInfo/failed``.
    public let userInfo: UserInfo
    /// What UserInfo added.
    let added: JSONObject

    init(idToken: IDToken, tokens: TokenSet, userInfo: UserInfo, added: JSONObject = [:]) {
        self.idToken = idToken
        self.tokens = tokens
        self.userInfo = userInfo
        self.added = added
        claims = ClaimSources.union(idToken.claims, added)
    }
}
