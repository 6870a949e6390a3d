import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The token endpoint (RFC 6749 §3.2).
    func token(_ visit: Visit) async -> DevResponse {
        do throws(TokenRequestError) {
            let client = try authenticated(visit, at: "/token")
            switch visit.form["grant_type"] {
            case "authorization_code": return try await authorizationCodeGrant(visit, from: client)
            case "refresh_token": return try await refreshTokenGrant(visit, from: client)
            case nil: throw .invalidRequest("grant_type is missing")
            default: throw .unsupportedGrantType
            }
        } catch {
            return error.answer
        }
    }

    /// The revocation endpoint (RFC 7009). The answer for an unknown token, or one of another client, is an empty 200 too.
    func revoke(_ visit: Visit) -> DevResponse {
        do throws(TokenRequestError) {
            let client = try authenticated(visit, at: "/revoke")
            guard let token = visit.form["token"] else { throw .invalidRequest("token is missing") }
            state.withLock { $0.revoke(TokenDigest(token), client: client.id) }
            return DevResponse(status: 200)
        } catch {
            return error.answer
        }
    }

    private func authorizationCodeGrant(_ visit: Visit, from client: DevClient) async throws(TokenRequestError)
        -> DevResponse
    {
        guard let code = visit.form["code"] else { throw .invalidRequest("code is missing") }
        guard let redirectURI = visit.form["redirect_uri"] else { throw .invalidRequest("redirect_uri is missing") }
        guard let verifier = visit.form["code_verifier"] else { throw .invalidRequest("code_verifier is missing") }
        guard (43...128).contains(verifier.utf8.count) else { throw .invalidRequest("code_verifier is malformed") }
        let presented = PresentedCode(
            code: TokenDigest(code), client: client.id, redirectURI: redirectURI, codeVerifier: verifier)
        let now = clock.now
        let wish = TokenWish(visit.form, of: client)
        let live = try state.withLock { state throws(TokenRequestError) in
            try state.useCode(presented, wish: wish, at: now)
        }
        return try await issueTokens(for: live, at: now)
    }

    private func refreshTokenGrant(_ visit: Visit, from client: DevClient) async throws(TokenRequestError)
        -> DevResponse
    {
        guard let token = visit.form["refresh_token"] else { throw .invalidRequest("refresh_token is missing") }
        var wish = TokenWish(visit.form, of: client)
        wish.scope = try narrowedScope(visit.form["scope"])
        let now = clock.now
        let live = try state.withLock { state throws(TokenRequestError) in
            try state.useRefreshToken(TokenDigest(token), client: client.id, wish: wish, at: now)
        }
        return try await issueTokens(for: live, at: now)
    }

    private func narrowedScope(_ text: String?) throws(TokenRequestError) -> Scope? {
        guard let text else { return nil }
        guard let scope = try? Scope(text), !scope.isEmpty else { throw .invalidScope("scope is malformed") }
        return scope
    }

    private func issueTokens(for live: LiveGrant, at now: UnixTime) async throws(TokenRequestError) -> DevResponse {
        guard let tokens = try? await mint(live, at: now) else { throw .serverError }
        guard state.withLock({ $0.register(tokens, for: live) }) else {
            throw .invalidGrant("the tokens of this login were revoked in the meantime")
        }
        var answer: JSONObject = [
            "access_token": .string(tokens.accessToken), "token_type": "Bearer",
            "expires_in": .number(JSONNumber(Int(clamping: lifetimes.accessToken.components.seconds))),
            "scope": .string(live.scope.description),
        ]
        if live.details != .none { answer["authorization_details"] = live.details.json }
        answer["id_token"] = tokens.idToken.map(JSONValue.string)
        answer["refresh_token"] = tokens.refreshToken.map(JSONValue.string)
        return .json(answer)
    }
}

extension TokenWish {
    fileprivate init(_ form: Parameters, of client: DevClient) {
        self.init(
            scope: nil, audiences: [form["audience"]].compactMap(\.self) + form.values(of: "resource"),
            details: form["authorization_details"], detailTypes: client.authorizationDetailTypes)
    }
}
