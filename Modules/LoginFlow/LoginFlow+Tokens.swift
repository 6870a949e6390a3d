public import APIClient
import JOSE
public import OAuthTypes
import TokenExchange
import WireFormats

extension LoginFlow {
    /// The access tokens of a session: refreshed when they are due, once however many ask, over all processes that
    /// share the store.
    public func accessTokens(of session: Session, for target: TokenTarget = TokenTarget()) -> RefreshingTokenSource {
        RefreshingTokenSource(
            vault: vault(session), refresher: refresher(session), target: target, clock: environment.clock,
            random: environment.random, sleeper: environment.sleeper, tasks: refreshes)
    }

    /// A client for the APIs at `origins` that calls in the user's name.
    public func apiClient(for session: Session, origins: [Origin]) -> APIClient {
        APIClient(
            origins: origins, source: accessTokens(of: session), transport: observedTransport(session),
            clock: environment.clock)
    }

    /// The provider's claims about the session's user, fetched now with the session's access token (OpenID Connect
    /// Core §5.3).
    /// - Throws: `UserInfoError`; or `DiscoveryError` when the provider cannot be reached.
    /// - Returns: nil when the provider has no such endpoint.
    public func userInfo(of session: Session) async throws -> UserInfo? {
        guard let url = try await provider.connection().metadata.userinfoEndpoint else { return nil }
        let endpoint = UserInfoEndpoint(url: url, transport: observedTransport(session), clock: environment.clock)
        return try await endpoint.fetch(with: accessTokens(of: session), expecting: session.subject)
    }

    private func observedTransport(_ session: Session) -> ObservedTransport {
        ObservedTransport(flow: self, correlationID: session.correlationID)
    }

    private func vault(_ session: Session) -> any TokenVault {
        placement.vault(of: session) { await self.revoke($0, session.correlationID) }
    }

    /// Tells the provider that nobody holds this token any more.
    func revoke(_ token: RefreshToken, _ correlationID: String) async {
        let outcome = await provider.revoke(token)
        record(
            "token.revoked", from: .webApp, to: .authorizationServer, correlationID,
            [.init("outcome", outcome.rawValue)])
    }

    private func refresher(_ session: Session) -> some TokenRefresher {
        CheckedRefresher(provider: provider, session: session, clock: environment.clock, settings: settings)
    }
}

/// Refreshes, and believes a refreshed ID token only if it names the same user at the same issuer
/// (OpenID Connect Core §12.2).
private struct CheckedRefresher: TokenRefresher {
    let provider: Provider
    let session: Session
    let clock: WallClock
    let settings: LoginSettings

    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(RefreshFailure) -> TokenSet {
        let connection: Provider.Connection
        do { connection = try await provider.connection() } catch { throw .notSent }
        let tokens = try await connection.tokenEndpoint.refresh(token, for: target)
        guard let raw = tokens.idToken else { return tokens }
        do {
            let idToken = try await connection.verifier.verifyRefreshing(
                raw, expecting: expectations(tokens), at: clock.now)
            _ = try SessionCeiling.time(in: idToken.claims)
        } catch { throw .invalidResponse }
        return tokens
    }

    private func expectations(_ tokens: TokenSet) -> IDTokenExpectations {
        IDTokenExpectations(
            refreshOf: session.subject, issuer: settings.issuer, clientID: settings.clientID,
            nonce: session.claims["nonce"]?.stringValue, authTime: session.claims["auth_time"]?.timeValue,
            accessToken: tokens.accessToken)
    }
}
