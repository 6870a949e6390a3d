public import OAuthTypes

extension TokenEndpoint: TokenRefresher {
    /// Requests new tokens for `token` (RFC 6749 §6). A response without a refresh token means that the old one stays
    /// in use.
    /// - Throws: `TokenEndpointError`.
    public func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet {
        let optional = [("scope", target.scope?.description), ("audience", target.audience)]
        let wanted = optional.compactMap { name, value in value.map { (name: name, value: $0) } }
        let resources = target.resources.map { (name: "resource", value: $0) }
        return try await tokens(
            [("grant_type", "refresh_token"), ("refresh_token", token.exposedText)] + wanted + resources)
    }

    /// Accepts every response: the endpoint verifies no ID token. An app that uses ID tokens wraps the endpoint in a
    /// refresher that verifies them.
    public func check(_ tokens: TokenSet) async -> TokenCheck { .accepted }
}
