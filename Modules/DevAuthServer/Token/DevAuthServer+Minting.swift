import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// Signs the tokens of a grant.
    func mint(_ live: LiveGrant, at now: UnixTime) async throws -> MintedTokens {
        let accessEnd = now.adding(seconds: lifetimes.accessToken.components.seconds)
        let accessToken = try await signer.sign(type: "at+jwt", claims: accessClaims(live, at: now, until: accessEnd))
        var idToken: CompactJWS?
        if live.scope.contains(DevScope.openID) {
            let claims = idClaims(live, accessToken: accessToken.exposedText, at: now)
            idToken = try await signer.sign(type: "JWT", claims: claims)
        }
        return MintedTokens(
            accessToken: accessToken.exposedText, accessTokenEnd: accessEnd, idToken: idToken?.exposedText,
            refreshToken: live.grant.isOffline ? randomText() : nil,
            refreshTokenEnd: now.adding(seconds: lifetimes.refreshToken.components.seconds))
    }

    // RFC 9068 §2.2
    private func accessClaims(_ live: LiveGrant, at now: UnixTime, until end: UnixTime) -> JSONObject {
        let grant = live.grant
        let audiences = live.audiences.map(JSONValue.string)
        var claims: JSONObject = [
            "iss": .string(issuer.text), "sub": .string(grant.account.subject.text),
            "aud": audiences.count == 1 ? audiences[0] : .array(audiences),
            "client_id": .string(grant.clientID.text), "iat": .time(now), "exp": .time(end),
            "jti": .string(randomText()), "auth_time": .time(grant.authTime), "scope": .string(live.scope.description),
        ]
        if live.details != .none { claims["authorization_details"] = live.details.json }
        return claims.adding(grant.organizationClaims).adding(grant.claims)
    }

    // OpenID Connect Core §2, §3.1.3.6 and §12.2: a refreshed token keeps auth_time and has no nonce.
    private func idClaims(_ live: LiveGrant, accessToken: String, at now: UnixTime) -> JSONObject {
        let grant = live.grant
        var claims: JSONObject = [
            "iss": .string(issuer.text), "sub": .string(grant.account.subject.text),
            "aud": .string(grant.clientID.text), "iat": .time(now),
            "exp": .time(now.adding(seconds: lifetimes.idToken.components.seconds)), "auth_time": .time(grant.authTime),
        ]
        claims["nonce"] = live.nonce.map(JSONValue.string)
        claims["at_hash"] = .string(Base64URL.encode(SHA2.sha256(Array(accessToken.utf8)).prefix(16)))
        claims["sid"] = .string(grant.sid)
        switch grant.option {
        case .password: claims["amr"] = ["pwd"]
        case .emailCode: claims["amr"] = ["otp"]  // RFC 8176 §2
        case .testProvider: claims["idp"] = .string(DevLoginOption.testProviderName)
        }
        return claims.adding(grant.organizationClaims).adding(userClaims(of: grant.account, scope: live.scope))
            .adding(grant.claims)
    }

    /// The claims that the scope releases (OpenID Connect Core §5.4).
    func userClaims(of account: DevAccount, scope: Scope) -> JSONObject {
        var claims: JSONObject = [:]
        if scope.contains(DevScope.profile) {
            claims["name"] = .string(account.name)
            claims["preferred_username"] = .string(account.username)
            claims["picture"] = pictureURL(of: account).map(JSONValue.string)
            claims = claims.adding(account.claims)
        }
        if scope.contains(DevScope.email) {
            claims["email"] = .string(account.email)
            claims["email_verified"] = .bool(account.isEmailVerified)
        }
        return claims
    }
}

extension Grant {
    fileprivate var organizationClaims: JSONObject {
        guard let organization else { return [:] }
        return ["org_id": .string(organization.id), "org_name": .string(organization.name.lowercased())]
    }
}

extension JSONObject {
    /// The object with the members of another one added. Members that it has already stay.
    func adding(_ other: JSONObject) -> JSONObject {
        var merged = self
        for (name, value) in other.members where merged[name] == nil { merged[name] = value }
        return merged
    }
}
