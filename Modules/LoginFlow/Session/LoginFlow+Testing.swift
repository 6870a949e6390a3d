package import JOSE
package import OAuthTypes

extension LoginFlow {
    /// Begins a session for a user who did not come from the provider, by the steps that end a login: the hook decides,
    /// and the store or the cookies hold the session sealed. Only LoginTesting calls it; the ID token shows that its
    /// caller has verified one.
    package func beginSession(
        with idToken: IDToken, tokens: TokenSet, replacing request: BrowserRequest
    ) async throws(FlowProblem) -> [HeaderField] {
        let correlationID = makeCorrelationID()
        let login = CompletedLogin(idToken: idToken, tokens: tokens, userInfo: .notNeeded)
        do {
            let additions = try await decide(login, correlationID: correlationID)
            let ticket = try await createSession(
                login, additions: additions, replacing: request, correlationID: correlationID)
            return cookies.sessionFields(ticket, at: now, replacing: request)
        } catch {
            throw FlowProblem.completing(error, correlationID: correlationID)
        }
    }
}
