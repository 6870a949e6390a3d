public import APIClient
public import OAuthTypes
import TokenExchange

extension LoginFlow {
    /// The access tokens of a session: refreshed when they are due, once for all concurrent callers, in all processes
    /// that share the store.
    ///
    /// ``problem(_:of:returningTo:)`` says what a failure means for the user.
    public func accessTokens(of session: LoginSession, for target: TokenTarget = TokenTarget()) -> RefreshingTokenSource
    {
        RefreshingTokenSource(
            tokenStore: tokenStore(session), refresher: CheckedRefresher(flow: self, session: session), target: target,
            policy: settings.refresh.policy, clock: environment.clock, random: environment.random,
            sleeper: environment.sleeper, tasks: refreshes)
    }

    /// Returns a client for the APIs at `origins` that calls on behalf of the user.
    public func apiClient(for session: LoginSession, origins: [Origin]) -> APIClient {
        APIClient(
            origins: origins, source: accessTokens(of: session), transport: observedTransport(session),
            clock: environment.clock)
    }

    /// The provider's claims about the session's user, fetched now with the session's access token (OpenID Connect
    /// Core §5.3).
    /// - Throws: `APIClientError`; or `DiscoveryError` when the provider cannot be reached.
    /// - Returns: nil when the provider has no such endpoint.
    public func userInfo(of session: LoginSession) async throws -> UserInfo? {
        guard let url = try await provider.connection().metadata.userinfoEndpoint else { return nil }
        let endpoint = UserInfoEndpoint(url: url, transport: observedTransport(session), clock: environment.clock)
        let info = try await endpoint.fetch(with: accessTokens(of: session), expecting: session.subject)
        record(info.deviations, correlationID: session.correlationID)
        return info
    }

    private func observedTransport(_ session: LoginSession) -> ObservedTransport {
        ObservedTransport(flow: self, correlationID: session.correlationID)
    }

    private func tokenStore(_ session: LoginSession) -> any TokenStore {
        let id = session.correlationID
        return sessions.tokenStore(
            of: session,
            rules: SessionTokenStore.EndRules(
                endsAfterInvalidGrant: settings.refresh.afterInvalidGrant == .endSession,
                revoke: { await self.revoke($0, correlationID: id) },
                ended: {
                    self.record(
                        "session.ended", from: .authorizationServer, to: .webApp, correlationID: id,
                        details: [.init("cause", $0)])
                }
            ))
    }

    /// Tells the provider that this token is of no more use.
    func revoke(_ token: RefreshToken, correlationID: String) async {
        await environment.during(.revocation, of: correlationID) {
            let outcome = await provider.revoke(token)
            record(
                "token.revoked", from: .webApp, to: .authorizationServer, correlationID: correlationID,
                details: [.init("outcome", outcome.rawValue)])
        }
    }
}
