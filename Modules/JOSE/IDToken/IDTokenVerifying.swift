public import OAuthTypes

/// Verifies the ID tokens of one issuer that come directly from its token endpoint, whatever they are signed with.
///
/// ``IDTokenVerifier`` uses the issuer's published keys, ``ClientSecretIDTokenVerifier`` the client secret. The choice
/// is configured and never read from a token. A verifier may be used concurrently, and a result never depends on
/// earlier ones.
public protocol IDTokenVerifying: Sendable {
    /// Verifies a token, fetching the keys, if there are any, when they are due or when the token does not match them.
    /// - Throws: ``TokenValidationError`` that names the culprit; only
    ///   ``TokenValidationError/Reason/keysUnavailable(_:)`` says nothing about the token, which can be verified again.
    func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken

    /// The accepted deviations of the cached keys; empty without keys.
    var keyDeviations: [ProviderDeviation] { get }
}
