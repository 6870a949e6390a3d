import AuthURL
import JOSE
import OAuthTypes
import TokenExchange
import WireFormats

extension LoginFlow {
    /// Steps 3 to 5 as far as the app knows: the user was at the provider and came back.
    func recordReturn(_ pending: PendingLogin) {
        // Clocks show whole seconds: for a faster login the time is unknown.
        let seconds = now.seconds(since: pending.createdAt)
        let away = seconds > 0 ? Duration.seconds(seconds) : nil
        let id = pending.correlationID
        record("login.prompted", .loginPrompted, from: .authorizationServer, to: .browser, id)
        record("login.authenticated", .userAuthenticated, from: .browser, to: .authorizationServer, id, took: away)
        record(
            "login.returned", .codeReceived, from: .authorizationServer, to: .webApp, id,
            [.secret("code"), .secret("state")])
    }

    /// Steps 6 to 8: the code is sent with client ID and secret, and tokens are returned.
    func exchange(
        _ grant: consuming AuthorizationCodeGrant, at connection: Provider.Connection, _ pending: PendingLogin
    ) async throws -> TokenSet {
        let id = pending.correlationID
        record(
            "tokens.requested", .tokensRequested, from: .webApp, to: .authorizationServer, id,
            [
                .init("grant_type", "authorization_code"), .secret("code"), .init("redirect_uri", redirectURI.text),
                .init("client_id", settings.clientID.text), .secret("client_secret"),
            ] + (pending.traits.contains(.withoutPKCE) ? [] : [.secret("code_verifier")]))
        let start = environment.stopwatch.reading
        let tokens = try await connection.tokenEndpoint.requestTokens(for: grant)
        record(
            "tokens.granted", .grantChecked, from: .authorizationServer, to: .authorizationServer, id,
            took: environment.stopwatch.reading - start)
        return tokens
    }

    func verify(
        _ tokens: TokenSet, code: AuthorizationCode, _ pending: PendingLogin, at connection: Provider.Connection
    ) async throws -> IDToken {
        guard let raw = tokens.idToken else {
            throw FlowProblem(
                .badIdentity, code: "id_token_missing",
                diagnosis: "the token response holds no ID token; does the scope include openid?", pending.correlationID
            )
        }
        let start = environment.stopwatch.reading
        var expectations = IDTokenExpectations(
            issuer: pending.issuer, clientID: pending.clientID, nonce: pending.nonce,
            maxAge: pending.maxAge?.wholeSeconds,
            acceptedACRs: pending.acrValues, accessToken: tokens.accessToken, code: code)
        settings.deviations.apply(to: &expectations)
        expectations.acceptsMissingNonce = pending.traits.contains(.withoutNonce)
        record(tokens.deviations, pending.correlationID)
        let idToken = try await connection.verifier.verifyRefreshing(raw, expecting: expectations, at: now)
        provider.tellOfKeys()
        record(idToken.deviations + settings.deviations.used(by: pending.traits), pending.correlationID)
        record(
            "tokens.verified", .tokensReceived, from: .authorizationServer, to: .webApp, pending.correlationID,
            tokens.shown, took: environment.stopwatch.reading - start)
        return idToken
    }

    func decide(_ login: CompletedLogin, _ pending: PendingLogin) async throws -> JSONObject {
        let decision: LoginDecision
        do { decision = try await environment.hooks.decide(login) } catch { throw HookError() }
        switch decision {
        case .allow: return [:]
        case .allowAdding(let additions): return additions
        case .deny(let reason):
            throw FlowProblem(
                .denied(reason: reason), code: "login_denied", diagnosis: "the app's hook denied the login",
                pending.correlationID)
        }
    }
}

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
