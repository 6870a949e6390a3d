import CryptoPrimitives
import OAuthTypes
import WireFormats

/// A grant that tokens are issued for.
struct LiveGrant: Sendable {
    let id: GrantID
    let grant: Grant
    let scope: Scope
    /// The APIs that the access token is for.
    let audiences: [String]
    let details: AuthorizationDetails
    var nonce: String?
}

/// A code and what the token request proves it with.
struct PresentedCode: Sendable {
    let code: TokenDigest
    let client: ClientID
    let redirectURI: String
    let codeVerifier: String
}

/// What a token request asks for, if it does not ask for all that was granted.
struct TokenWish: Sendable {
    var scope: Scope?
    /// `audience` and the values of `resource`; empty for all.
    var audiences: [String]
    var details: String?
    /// The types of `authorization_details` that the client may name.
    let detailTypes: [String]
}

/// The tokens of one token response.
struct MintedTokens: Sendable {
    let accessToken: String
    let accessTokenEnd: UnixTime
    let idToken: String?
    let refreshToken: String?
    let refreshTokenEnd: UnixTime
}

extension ServerState {
    /// Uses up a code. Each condition is checked on its own, and all must hold (CVE-2026-28513 joined two by the wrong
    /// operator).
    mutating func useCode(_ presented: PresentedCode, wish: TokenWish, at now: UnixTime) throws(TokenRequestError)
        -> LiveGrant
    {
        guard var record = codes[presented.code] else { throw .invalidGrant("unknown code") }
        guard record.grant.clientID == presented.client else {
            throw .invalidGrant("the code belongs to another client")
        }
        if let used = record.usedFor {
            // RFC 6749 §4.1.2: a second use revokes the tokens of the first.
            revoke(used)
            throw .invalidGrant("the code was used before; its tokens are revoked")
        }
        defer { codes[presented.code] = record }
        guard !record.isSpoiled else { throw .invalidGrant("an earlier request for the code was wrong") }
        record.isSpoiled = true
        guard now < record.expiresAt else { throw .invalidGrant("the code has expired") }
        guard record.redirectURI.text.hasSameOctets(as: presented.redirectURI) else {
            throw .invalidGrant("redirect_uri differs from the one in the authorization request")
        }
        guard Self.challenge(of: presented.codeVerifier) == record.codeChallenge else {
            throw .invalidGrant("code_verifier does not match the code_challenge")
        }
        let (audiences, details) = try Self.narrow(record.grant, to: wish)
        let id = addGrant(record.grant)
        record.usedFor = id
        return LiveGrant(
            id: id, grant: record.grant, scope: record.grant.scope, audiences: audiences, details: details,
            nonce: record.nonce)
    }

    /// Uses up a refresh token. If it was used before, two parties hold it, and the whole family ends (RFC 9700 §4.14.2).
    mutating func useRefreshToken(
        _ token: TokenDigest, client: ClientID, wish: TokenWish, at now: UnixTime
    ) throws(TokenRequestError) -> LiveGrant {
        guard var record = refreshTokens[token] else { throw .invalidGrant("unknown refresh token") }
        guard let grant = grants[record.grant] else { throw .invalidGrant("the refresh token was revoked") }
        guard grant.clientID == client else { throw .invalidGrant("the refresh token belongs to another client") }
        guard !record.isUsed else {
            revoke(record.grant)
            throw .invalidGrant("the refresh token was used before; all tokens of this login are revoked")
        }
        guard now < record.expiresAt else { throw .invalidGrant("the refresh token has expired") }
        let (audiences, details) = try Self.narrow(grant, to: wish)
        guard grant.scope.covers(wish.scope ?? grant.scope) else {
            throw .invalidScope("scope exceeds what was granted")
        }
        record.isUsed = true
        refreshTokens[token] = record
        return LiveGrant(
            id: record.grant, grant: grant, scope: wish.scope ?? grant.scope, audiences: audiences, details: details)
    }

    /// Registers tokens that were signed outside of the lock; false if the grant ended in the meantime.
    mutating func register(_ tokens: MintedTokens, for live: LiveGrant) -> Bool {
        guard grants[live.id] != nil else { return false }
        accessTokens[TokenDigest(tokens.accessToken)] = AccessRecord(
            grant: live.id, scope: live.scope, expiresAt: tokens.accessTokenEnd)
        if let idToken = tokens.idToken {
            idTokens[TokenDigest(idToken)] = IDTokenRecord(
                clientID: live.grant.clientID, subject: live.grant.account.subject, sid: live.grant.sid)
        }
        if let refreshToken = tokens.refreshToken {
            refreshTokens[TokenDigest(refreshToken)] = RefreshRecord(grant: live.id, expiresAt: tokens.refreshTokenEnd)
        }
        return true
    }

    /// The access that a bearer token gives; nil if it is unknown, expired or revoked.
    func access(_ token: TokenDigest, at now: UnixTime) -> (grant: Grant, scope: Scope)? {
        guard let record = accessTokens[token], now < record.expiresAt, let grant = grants[record.grant] else {
            return nil
        }
        return (grant, record.scope)
    }

    /// RFC 7009 §2.1: a refresh token revokes its whole grant, an access token only itself. Tokens of other clients stay.
    mutating func revoke(_ token: TokenDigest, client: ClientID) {
        if let record = refreshTokens[token], grants[record.grant]?.clientID == client { revoke(record.grant) }
        if let record = accessTokens[token], grants[record.grant]?.clientID == client { accessTokens[token] = nil }
    }

    // RFC 8707 §2.2 and RFC 9396 §6: less than was granted, never more.
    private static func narrow(
        _ grant: Grant, to wish: TokenWish
    ) throws(TokenRequestError) -> ([String], AuthorizationDetails) {
        guard wish.audiences.allSatisfy({ asked in grant.audiences.contains { $0.hasSameOctets(as: asked) } }) else {
            throw .invalidTarget("the audience is not an API that was granted")
        }
        let audiences = wish.audiences.isEmpty ? grant.audiences : wish.audiences
        do throws(AuthorizationDetails.DetailsError) {
            return (audiences, try grant.details.narrowed(to: wish.details, allowing: wish.detailTypes))
        } catch {
            throw .refused(
                OAuthErrorResponse(error: AuthorizationDetails.DetailsError.code, errorDescription: error.reason))
        }
    }

    // RFC 7636 §4.2
    private static func challenge(of verifier: String) -> String {
        Base64URL.encode(SHA2.sha256(Array(verifier.utf8)))
    }
}
