public import OAuthTypes

/// Verifies the ID tokens of one issuer that come straight from its token endpoint, whatever they are signed with.
///
/// ``IDTokenVerifier`` does so by the issuer's published keys, ``ClientSecretIDTokenVerifier`` by the client's secret.
/// Which of them it is, is configured and never read from a token. Any number of callers may use one verifier at once;
/// an answer never depends on earlier ones.
public protocol IDTokenVerifying: Sendable {
    /// Verifies a token, fetching the keys when they are due or when the token does not fit them, if there are any.
    /// - Throws: ``TokenValidationError`` that names the culprit; ``TokenValidationError/Reason/keysUnavailable(_:)`` alone says nothing about
    ///   the token, which can be verified again.
    func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken

    /// In what the keys that are known now depart from the standards, and were read all the same; empty without keys.
    var keyDeviations: [ProviderDeviation] { get }
}
