import AuthURL
import JOSE
import OAuthTypes
import TokenExchange
import WireFormats

extension LoginFlow {
    /// Steps 3 to 5 as far as the app can tell: the user was at the provider and came back.
    func recordReturn(of pending: PendingLogin) {
        // Clocks tell whole seconds: of a login quicker than that the time is not known.
        let seconds = now.seconds(since: pending.createdAt)
        let away = seconds > 0 ? Duration.seconds(seconds) : nil
        let id = pending.correlationID
        record("login.prompted", step: .loginPrompted, from: .authorizationServer, to: .browser, correlationID: id)
        record(
            "login.authenticated", step: .userAuthenticated, from: .browser, to: .authorizationServer,
            correlationID: id, took: away)
        record(
            "login.returned", step: .codeReceived, from: .authorizationServer, to: .webApp, correlationID: id,
            details: [.secret("code"), .secret("state")])
    }

    /// Steps 6 to 8: the code goes out with client ID and secret, tokens come back (RFC 6749 §4.1.3).
    func requestTokens(
        for grant: consuming AuthorizationCodeGrant, in attempt: LoginAttempt
    ) async throws -> TokenSet {
        var unsent = Optional(grant)
        return try await environment.during(.tokenRequest, of: attempt.correlationID) {
            // Whatever an observer does, a code is sent once.
            guard let grant = unsent.take() else { throw RepeatedPhaseError() }
            return try await sendCode(of: grant, in: attempt)
        }
    }

    private func sendCode(
        of grant: consuming AuthorizationCodeGrant, in attempt: LoginAttempt
    ) async throws -> TokenSet {
        record(
            "tokens.requested", step: .tokensRequested, from: .webApp, to: .authorizationServer,
            correlationID: attempt.correlationID,
            details: [
                .init("grant_type", "authorization_code"), .secret("code"), .init("redirect_uri", redirectURI.text),
                .init("client_id", settings.clientID.text),
            ] + settings.clientCredential.shown
                + (attempt.pending.traits.contains(.withoutPKCE) ? [] : [.secret("code_verifier")]))
        let start = environment.stopwatch.reading
        let tokens = try await attempt.connection.tokenEndpoint.requestTokens(
            for: grant, resources: settings.resources)
        record(
            "tokens.granted", step: .grantChecked, from: .authorizationServer, to: .authorizationServer,
            correlationID: attempt.correlationID, took: environment.stopwatch.reading - start)
        return tokens
    }

    func verify(_ tokens: TokenSet, code: AuthorizationCode, in attempt: LoginAttempt) async throws -> IDToken {
        try await environment.during(.verification, of: attempt.correlationID) {
            try await verified(tokens, code: code, in: attempt)
        }
    }

    private func verified(
        _ tokens: TokenSet, code: AuthorizationCode, in attempt: LoginAttempt
    ) async throws -> IDToken {
        let (pending, id) = (attempt.pending, attempt.correlationID)
        guard let raw = tokens.idToken else {
            throw FlowProblem(
                .badIdentity, code: "id_token_missing",
                diagnosis: "the token response holds no ID token; does the scope include openid?", correlationID: id)
        }
        let start = environment.stopwatch.reading
        var expectations = IDTokenExpectations(
            issuer: pending.issuer, clientID: pending.clientID, nonce: pending.nonce,
            maxAge: pending.maxAge,
            acceptedACRs: pending.acrValues, accessToken: tokens.accessToken, code: code)
        settings.deviations.apply(to: &expectations)
        expectations.issuerRule = settings.issuerRule
        expectations.requiredClaims = settings.requiredClaims(for: pending.organization)
        expectations.acceptsMissingNonce = pending.traits.contains(.withoutNonce)
        record(tokens.deviations, correlationID: id)
        let idToken = try await attempt.connection.verifier.verifyRefreshing(raw, expecting: expectations, at: now)
        provider.tellOfKeys()
        record(idToken.deviations + settings.deviations.used(by: pending.traits), correlationID: id)
        record(
            "tokens.verified", step: .tokensReceived, from: .authorizationServer, to: .webApp, correlationID: id,
            details: tokens.shown, took: environment.stopwatch.reading - start)
        return idToken
    }

    func decide(_ login: CompletedLogin, correlationID: String) async throws -> JSONObject {
        let decision: LoginDecision
        do { decision = try await environment.hooks.decide(login) } catch { throw HookError() }
        switch decision {
        case .allow: return [:]
        case .allowAdding(let additions): return additions
        case .deny(let reason):
            throw FlowProblem(
                .denied(reason: reason), code: "login_denied", diagnosis: "the app's hook denied the login",
                correlationID: correlationID)
        }
    }
}

extension ClientCredential {
    /// What of the credential is sent, for events.
    fileprivate var shown: [FlowEvent.Detail] {
        switch self {
        case .secret, .appleSecret: [.secret("client_secret")]
        case .secretJWT, .privateKeyJWT: [.secret("client_assertion")]
        case .tls, .selfSignedTLS, .none: []
        }
    }
}

/// An observer ran the token request twice.
private struct RepeatedPhaseError: Error {}

extension TokenSet {
    fileprivate var shown: [FlowEvent.Detail] {
        var details: [FlowEvent.Detail] = [.secret("id_token")]
        if accessToken != nil { details += [.secret("access_token"), .init("token_type", "Bearer")] }
        if refreshToken != nil { details.append(.secret("refresh_token")) }
        if let expiresAt { details.append(.init("expires_in", "\(expiresAt.seconds(since: receivedAt)) s")) }
        if let scope { details.append(.init("scope", scope.description)) }
        return details
    }
}
