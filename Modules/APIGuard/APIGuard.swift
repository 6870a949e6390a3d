public import JOSE
public import OAuthTypes

/// Authorizes requests to a protected resource: bearer token in, verified claims or an error out (RFC 6750, RFC 9068
/// §4).
///
///     let gate = APIGuard(verifier: verifier, realm: "orders")
///     switch await gate.authorize(authorization: values, requiring: try Scope("orders:read"), at: clock.now) {
///     case .success(let claims): …
///     case .failure(let refusal): …   // refusal.status, refusal.fields
///     }
///
/// Tokens are accepted from the `Authorization` field only, never from a query or a form.
public struct APIGuard<Keys: JWKSetSource>: Sendable {
    private let verifier: AccessTokenVerifier<Keys>
    private let realm: String?

    /// Creates a guard for one API.
    /// - Parameters:
    ///   - verifier: knows issuer, audience and keys.
    ///   - realm: named in challenges; printable ASCII, other characters are left out.
    public init(verifier: AccessTokenVerifier<Keys>, realm: String? = nil) {
        self.verifier = verifier
        self.realm = realm
    }

    /// Authorizes one request.
    /// - Parameters:
    ///   - values: every value of the request's `Authorization` fields.
    ///   - scope: the scope that the token must have been granted completely; nil if any valid token is accepted.
    ///   - now: the time to verify the token at.
    /// - Returns: the verified claims, or the error to answer with. Keys that are due or unknown are fetched first, as
    ///   seldom as `AccessTokenVerifier.verifyRefreshing` allows for tokens from outside.
    public func authorize(
        authorization values: [String], requiring scope: Scope?, at now: UnixTime
    ) async -> Result<AccessTokenClaims, ProtectedResourceError> {
        do throws(ProtectedResourceError) {
            let token = try BearerCredentials.token(in: values, realm: realm)
            let claims = try await verify(token, at: now)
            if let scope, !claims.scope.covers(scope) { throw refusal(lacking: scope) }
            return .success(claims)
        } catch {
            return .failure(error)
        }
    }

    /// Returns the 403 for a valid token that lacks a scope, for an API that learns only later which scope it needs.
    public func refusal(lacking scope: Scope) -> ProtectedResourceError {
        ProtectedResourceError(.insufficientScope(scope), realm: realm)
    }

    private func verify(_ token: AccessToken, at now: UnixTime) async throws(ProtectedResourceError)
        -> AccessTokenClaims
    {
        do { return try await verifier.verifyRefreshing(token, at: now) } catch {
            guard case .keysUnavailable = error.reason else {
                throw ProtectedResourceError(.invalidToken(error), realm: realm)
            }
            throw ProtectedResourceError(.keysUnavailable(error), realm: realm)
        }
    }
}
