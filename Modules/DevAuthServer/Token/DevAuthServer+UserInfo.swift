import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The UserInfo endpoint (OpenID Connect Core §5.3); the token comes in the Authorization header only.
    func userInfo(_ visit: Visit) -> DevResponse {
        let headers = visit.fields.values(named: "Authorization")
        guard headers.count <= 1 else {
            return refuseBearer(400, .invalidRequest, "more than one Authorization header")
        }
        guard let header = headers.first else { return refuseBearer(401, nil, nil) }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return refuseBearer(401, nil, nil) }
        let now = clock.now
        guard let access = state.withLock({ $0.access(TokenDigest(String(parts[1])), at: now) }) else {
            return refuseBearer(401, .invalidToken, "unknown, expired or revoked")
        }
        guard access.scope.contains(DevScope.openID) else {
            return refuseBearer(403, .insufficientScope, "the token lacks openid", scope: try? Scope(DevScope.openID))
        }
        let account = access.grant.account
        let claims: JSONObject = ["sub": .string(account.subject.text)]
        return .json(claims.adding(userClaims(of: account, scope: access.scope)).adding(access.grant.claims))
    }

    private func refuseBearer(
        _ status: Int, _ code: BearerChallenge.Code?, _ words: String?, scope: Scope? = nil
    ) -> DevResponse {
        let challenge = BearerChallenge(realm: issuer.text, error: code, errorDescription: words, scope: scope)
        let field = HeaderField("WWW-Authenticate", challenge.fieldValue)
        return DevResponse(status: status, fields: [field].compactMap(\.self))
    }
}
