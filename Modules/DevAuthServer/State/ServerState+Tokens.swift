import CryptoPrimitives
import OAuthTypes
import WireFormats

/// A grant that tokens may be minted for now.
struct LiveGrant: Sendable {
    let id: GrantID
    let grant: Grant
    let scope: Scope
    var nonce: String?
}

/// What a token request presents for a code.
struct CodePresentation: Sendable {
    let code: TokenDigest
    let client: ClientID
    let redirectURI: String
    let codeVerifier: String
}

/// Tokens on their way out.
struct MintedTokens: Sendable {
    let accessToken: String
    let accessTokenEnd: UnixTime
    let idToken: String?
    let refreshToken: String?
    let refreshTokenEnd: UnixTime
}

extension ServerState {
    /// Uses a code up. Each condition stands alone and all must hold (CVE-2026-28513 joined two by the wrong word).
    mutating func redeem(_ presented: CodePresentation, at now: UnixTime) throws(TokenRefusal) -> LiveGrant {
        guard var record = codes[presented.code] else { throw .invalidGrant("unknown code") }
        guard record.grant.clientID == presented.client else {
            throw .invalidGrant("the code belongs to another client")
        }
        if let used = record.redeemedAs {
            // RFC 6749 §4.1.2: a second use revokes what the first one got.
            revoke(used)
            throw .invalidGrant("the code was used before; its tokens are revoked")
        }
        defer { codes[presented.code] = record }
        guard !record.isSpoiled else { throw .invalidGrant("the code was presented wrongly before") }
        record.isSpoiled = true
        guard now < record.expiresAt else { throw .invalidGrant("the code has expired") }
        guard record.redirectURI.text.hasSameOctets(as: presented.redirectURI) else {
            throw .invalidGrant("redirect_uri is not the one of the authorization request")
        }
        guard Self.challenge(of: presented.codeVerifier) == record.codeChallenge else {
            throw .invalidGrant("code_verifier does not fit the code_challenge")
        }
        let id = addGrant(record.grant)
        record.redeemedAs = id
        return LiveGrant(id: id, grant: record.grant, scope: record.grant.scope, nonce: record.nonce)
    }

    /// Uses a refresh token up. A used one means that two parties hold it: the whole family ends (RFC 9700 §4.14.2).
    mutating func rotate(
        _ token: TokenDigest, client: ClientID, scope: Scope?, at now: UnixTime
    ) throws(TokenRefusal) -> LiveGrant {
        guard var record = refreshTokens[token] else { throw .invalidGrant("unknown refresh token") }
        guard let grant = grants[record.grant] else { throw .invalidGrant("the refresh token was revoked") }
        guard grant.clientID == client else { throw .invalidGrant("the refresh token belongs to another client") }
        guard !record.isUsed else {
            revoke(record.grant)
            throw .invalidGrant("the refresh token was used before; all tokens of this login are revoked")
        }
        guard now < record.expiresAt else { throw .invalidGrant("the refresh token has expired") }
        guard grant.scope.covers(scope ?? grant.scope) else { throw .invalidScope("more than was granted") }
        record.isUsed = true
        refreshTokens[token] = record
        return LiveGrant(id: record.grant, grant: grant, scope: scope ?? grant.scope)
    }

    /// Takes in tokens that were signed meanwhile; false when the grant ended while they were.
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

    /// What a bearer token allows; nil when it is unknown, expired or revoked.
    func access(_ token: TokenDigest, at now: UnixTime) -> (grant: Grant, scope: Scope)? {
        guard let record = accessTokens[token], now < record.expiresAt, let grant = grants[record.grant] else {
            return nil
        }
        return (grant, record.scope)
    }

    /// RFC 7009 §2.1: a refresh token takes its whole grant along, an access token only itself. Another client's stays.
    mutating func revoke(_ token: TokenDigest, client: ClientID) {
        if let record = refreshTokens[token], grants[record.grant]?.clientID == client { revoke(record.grant) }
        if let record = accessTokens[token], grants[record.grant]?.clientID == client { accessTokens[token] = nil }
    }

    // RFC 7636 §4.2
    private static func challenge(of verifier: String) -> String {
        Base64URL.encode(SHA2.sha256(Array(verifier.utf8)))
    }
}
