import JOSE
import OAuthTypes

/// Verifies ID tokens that came directly from the provider's token endpoint, with the algorithm or secret of the
/// settings.
struct LoginTokenVerifier: Sendable {
    enum Keys: Sendable {
        case published(IDTokenVerifier<RemoteJWKSet>)
        case clientSecret(ClientSecretIDTokenVerifier)
    }

    let keys: Keys
    /// The verifier with the keys' new address, if the metadata now names another one.
    let moved: @Sendable () async -> IDTokenVerifier<RemoteJWKSet>?

    /// Verifies, fetching keys where they are due or do not fit. For an unknown key the metadata is fetched as well: the
    /// keys may have moved.
    func verifyRefreshing(
        _ raw: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken {
        switch keys {
        case .clientSecret(let verifier):
            return try await verifier.verifyRefreshing(raw, expecting: expectations, at: now)
        case .published(let verifier):
            do throws(TokenValidationError) {
                return try await verifier.verifyRefreshing(raw, expecting: expectations, at: now)
            } catch {
                guard error.mayMeanMovedKeys, let next = await moved() else { throw error }
                return try await next.verifyRefreshing(raw, expecting: expectations, at: now)
            }
        }
    }
}

extension TokenValidationError {
    fileprivate var mayMeanMovedKeys: Bool {
        switch reason {
        case .jws(.unknownKey), .jws(.noSuitableKey), .keysUnavailable: true
        default: false
        }
    }
}
