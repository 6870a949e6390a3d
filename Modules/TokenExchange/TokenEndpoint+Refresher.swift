public import OAuthTypes

extension TokenEndpoint: TokenRefresher {
    /// Exchanges `token`; the request goes out at most once.
    /// - Throws: `RefreshError`, which says whether the old token may still be used.
    public func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(RefreshError) -> TokenSet {
        do { return try await renew(token, for: target) } catch { throw RefreshError(error) }
    }

    /// Accepts whatever came: the endpoint verifies no ID token and never looks at the one of a refresh. Whoever uses
    /// ID tokens puts a refresher around it that does.
    public func check(_ tokens: TokenSet) async -> TokenCheck { .accepted }
}

extension RefreshError {
    /// What a failure at the token endpoint means for the refresh token.
    ///
    /// A server error without a readable body leaves open whether the token was replaced, as a broken connection does.
    public init(_ error: TokenEndpointError) {
        switch error {
        case .grantMismatch, .authenticationFailed: self = .notSent
        case .transport(let failure): self = failure.sent == .nothing ? .notSent : .outcomeUnknown
        case .rejected(let response, _): self = .rejected(response)
        case .status(let status): self = status >= 500 ? .outcomeUnknown : .unexplained(status: status)
        case .redirected, .contentType: self = .invalidResponse("\(error)")
        // The answer says that tokens were issued.
        case .malformed, .unsupportedTokenType: self = .unusable("\(error)")
        }
    }
}
