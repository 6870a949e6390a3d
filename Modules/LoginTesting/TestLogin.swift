import JOSE
public import LoginFlow
import OAuthTypes
public import WireFormats

/// Logs in any user of an app's flow without a provider, for the app's own tests.
///
///     let alice = try await TestLogin(flow).loggedIn(subject: "alice", claims: ["email": "alice@example.com"])
///     let reply = await app.answer(alice.request("/account"))
///
/// The session is a real one. An ID token is signed and verified, `LoginHooks.decide` is asked, the session is sealed
/// and stored as after any login, and `admit` accepts its cookies. No request is sent anywhere.
///
/// Where `LOGIN_ENV` says `production`, it cannot be created.
public struct TestLogin: Sendable {
    private let flow: LoginFlow
    private let key: SigningKey

    /// Prepares logins to `flow`.
    /// - Throws: ``LoginTestingError/production`` where `LOGIN_ENV` of this process says so.
    public init(_ flow: LoginFlow) throws(LoginTestingError) {
        try ProductionRefusal.check()
        self.flow = flow
        do { key = try SigningKey.generate(.es256) } catch { throw .signingKey }
    }

    /// Begins a session.
    /// - Parameters:
    ///   - subject: the user's identifier, the claim `sub`.
    ///   - claims: further claims of the ID token, such as `email`, `name`, `auth_time` or `sid`.
    ///   - tokens: the access token for API calls, and what else the provider would have issued.
    /// - Throws: ``LoginTestingError``: the claims could not be those of an ID token, or the flow began no session.
    public func loggedIn(
        subject: String, claims: JSONObject = [:], tokens: TestTokens = TestTokens()
    ) async throws(LoginTestingError) -> LoggedInUser {
        let user: SubjectID
        do { user = try SubjectID(subject) } catch { throw .subject(error) }
        let idToken = try idToken(for: user, claims: claims)
        let visitor = BrowserRequest(.get, target: "/", fields: [])
        let fields: [HeaderField]
        do { fields = try await flow.beginSession(with: idToken, tokens: tokenSet(tokens), replacing: visitor) } catch {
            throw .refused(error)
        }
        return try await admitted(cookies: fields)
    }

    private func admitted(cookies fields: [HeaderField]) async throws(LoginTestingError) -> LoggedInUser {
        let cookie = fields.values(named: "Set-Cookie").map { String($0.prefix { $0 != ";" }) }.joined(separator: "; ")
        let request = BrowserRequest(.get, target: "/", fields: [HeaderField("Cookie", cookie)].compactMap(\.self))
        guard case .session(let session, _) = await flow.admit(request, requiring: .none) else { throw .notAdmitted }
        return LoggedInUser(session: session, cookie: cookie)
    }

    private func tokenSet(_ tokens: TestTokens) -> TokenSet {
        TokenSet(
            accessToken: tokens.accessToken, expiresAt: tokens.lifetime.map { flow.now.adding($0) },
            refreshToken: tokens.refreshToken, idToken: nil, scope: tokens.scope, receivedAt: flow.now)
    }
}

// An ID token of the flow's issuer for its client, signed with a key of this process.
extension TestLogin {
    private static let nonce = "nonce-of-a-test"
    private static let reserved = ["iss", "sub", "aud", "azp", "iat", "exp", "nbf", "nonce", "at_hash", "c_hash"]

    private func idToken(for subject: SubjectID, claims: JSONObject) throws(LoginTestingError) -> IDToken {
        let settings = flow.settings
        if let name = TestLogin.reserved.first(where: { claims[$0] != nil }) { throw .reservedClaim(name: name) }
        var all = claims
        all["iss"] = .string(issuer(of: claims["tid"]?.stringValue).text)
        all["sub"] = .string(subject.text)
        all["aud"] = .string(settings.clientID.text)
        all["iat"] = .time(flow.now)
        all["exp"] = .time(flow.now.adding(.seconds(3600)))
        all["nonce"] = .string(TestLogin.nonce)
        var expectations = IDTokenExpectations(
            issuer: settings.issuer, clientID: settings.clientID, nonce: TestLogin.nonce, maxAge: nil, acceptedACRs: [],
            accessToken: nil, code: nil)
        expectations.issuerRule = settings.issuerRule
        return try verified(signed(all), expecting: expectations)
    }

    // Where the provider has an issuer per tenant, the claims say which tenant it is.
    private func issuer(of tenant: String?) -> Issuer {
        guard case .template(let template, _) = flow.settings.issuerRule, let tenant,
            let issuer = try? template.issuer(of: TenantID(tenant))
        else { return flow.settings.issuer }
        return issuer
    }

    private func signed(_ claims: JSONObject) throws(LoginTestingError) -> RawIDToken {
        do { return RawIDToken(try key.signed(type: "JWT", claims: claims).exposedText) } catch { throw .signingKey }
    }

    private func verified(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations
    ) throws(LoginTestingError) -> IDToken {
        let keys: JWKSet
        do { keys = try JWKSet(jwks: SigningKey.jwkSet([key])) } catch { throw .signingKey }
        let source = LocalJWKSet(keys, of: flow.settings.issuer)
        let verifier = IDTokenVerifier(keys: source, algorithms: [.es256])
        do { return try verifier.verify(token, expecting: expectations, at: flow.now) } catch { throw .claims(error) }
    }
}
