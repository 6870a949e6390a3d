import APIClient
import AuthURL
import JOSE
import OAuthTypes
import WireFormats

extension LoginFlow {
    // A login waits for it, and its claims become part of the session.
    private static let userInfoLimits = TransportLimits(
        connect: .seconds(3), total: .seconds(5), maximumBodyOctets: 65_536)

    /// Adds the requested claims of the user that are not in the ID token (OpenID Connect Core §5.4). Seven of fourteen
    /// providers put name and email nowhere else. If they cannot be fetched, the login goes on without them.
    func completedLogin(
        _ idToken: IDToken, tokens: TokenSet, in attempt: LoginAttempt
    ) async -> CompletedLogin {
        guard lacksClaims(idToken, tokens: tokens, in: attempt) else {
            return CompletedLogin(idToken: idToken, tokens: tokens, userInfo: .notNeeded)
        }
        guard settings.asksUserInfo, let token = tokens.accessToken,
            let url = attempt.connection.metadata.userinfoEndpoint
        else { return CompletedLogin(idToken: idToken, tokens: tokens, userInfo: .notAsked) }
        guard let found = await userInfo(at: url, with: token, about: idToken.subject, in: attempt) else {
            return CompletedLogin(idToken: idToken, tokens: tokens, userInfo: .failed)
        }
        let added = ClaimSources.additions(of: found, to: idToken.claims)
        return CompletedLogin(idToken: idToken, tokens: tokens, userInfo: .complete, added: added)
    }

    private func lacksClaims(_ idToken: IDToken, tokens: TokenSet, in attempt: LoginAttempt) -> Bool {
        let wanted: [(LoginTraits, scope: String, claim: String)] = [
            (.askedProfile, "profile", "name"), (.askedEmail, "email", "email"),
        ]
        let claims = idToken.claims
        return wanted.contains { trait, scope, claim in
            attempt.pending.traits.contains(trait) && tokens.scope?.contains(scope) ?? true
                && !ClaimSources.isThere(claim, in: claims)
        }
    }

    private func userInfo(
        at url: EndpointURL, with token: AccessToken, about subject: SubjectID, in attempt: LoginAttempt
    ) async -> JSONObject? {
        let endpoint = UserInfoEndpoint(
            url: url, transport: environment.transport, clock: environment.clock, limits: LoginFlow.userInfoLimits)
        let start = environment.stopwatch.reading
        do {
            let found = try await environment.during(.userInfo, of: attempt.correlationID) {
                try await endpoint.fetch(with: StaticAccessToken(token), expecting: subject)
            }
            record(
                "userinfo.received", from: .authorizationServer, to: .webApp, correlationID: attempt.correlationID,
                took: environment.stopwatch.reading - start)
            record(found.deviations, correlationID: attempt.correlationID)
            return found.claims
        } catch {
            record(
                "userinfo.failed", from: .authorizationServer, to: .webApp, correlationID: attempt.correlationID,
                details: [.init("diagnosis", "UserInfo: \(error)")], took: environment.stopwatch.reading - start)
            return nil
        }
    }
}
