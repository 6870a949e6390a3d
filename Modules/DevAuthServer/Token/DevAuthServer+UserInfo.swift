import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The UserInfo endpoint (OpenID Connect Core §5.3); the token is read from the Authorization header only.
    func userInfo(_ visit: Visit) -> DevResponse {
        let headers = visit.fields.values(named: "Authorization")
        guard headers.count <= 1 else {
            return refuseBearer(status: 400, error: .invalidRequest, words: "more than one Authorization header")
        }
        guard let header = headers.first else { return refuseBearer(status: 401) }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return refuseBearer(status: 401) }
        let now = clock.now
        guard let access = state.withLock({ $0.access(TokenDigest(String(parts[1])), at: now) }) else {
            return refuseBearer(status: 401, error: .invalidToken, words: "unknown, expired or revoked")
        }
        guard access.scope.contains(DevScope.openID) else {
            return refuseBearer(
                status: 403, error: .insufficientScope, words: "the token lacks openid",
                scope: try? Scope(DevScope.openID))
        }
        let account = access.grant.account
        let claims: JSONObject = ["sub": .string(account.subject.text)]
        return .json(claims.adding(userClaims(of: account, scope: access.scope)).adding(access.grant.claims))
    }

    private func refuseBearer(
        status: Int, error: BearerChallenge.Code? = nil, words: String? = nil, scope: Scope? = nil
    ) -> DevResponse {
        let challenge = BearerChallenge(realm: issuer.text, error: error, errorDescription: words, scope: scope)
        let field = HeaderField("WWW-Authenticate", challenge.fieldValue)
        return DevResponse(status: status, fields: [field].compactMap(\.self))
    }
}
