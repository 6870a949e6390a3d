public import OAuthTypes
import WireFormats

/// Verifies ID tokens that one issuer signs with the client secret (OpenID Connect Core §3.1.3.7 item 8, §10.1): the
/// octets of the secret in UTF-8 are the key.
///
///     let verifier = try ClientSecretIDTokenVerifier(secret: secret, algorithm: .hs256, issuer: issuer)
///     let user = try verifier.verify(raw, expecting: expectations, at: clock.now)
///
/// Only a client secret becomes its key: no JWK set, no published key, no key ID of a token. The algorithm is a
/// ``MACAlgorithm``, which ``SignatureAlgorithms`` cannot contain, and the other way round. So no verifier accepts a
/// token that was signed with a public key's octets as the secret. Prefer a public-key algorithm if the issuer offers
/// one: a verifier that has the secret could also have signed.
public struct ClientSecretIDTokenVerifier: IDTokenVerifying {
    private let issuer: Issuer
    private let check: SecretKeyCheck
    private let verifier: JWSVerifier

    /// Creates a verifier with the secret that `issuer` gave to the client, which accepts only this algorithm.
    /// - Throws: ``KeyError/weakClientSecret(_:requiredOctets:)`` when the secret is shorter than the algorithm's hash
    ///   (RFC 7518 §3.2).
    public init(
        secret: ClientSecret, algorithm: MACAlgorithm, issuer: Issuer, limits: TokenLimits = .standard
    ) throws(KeyError) {
        guard let check = SecretKeyCheck(Array(secret.exposedText.utf8), algorithm: algorithm) else {
            throw .weakClientSecret(for: algorithm)
        }
        self.issuer = issuer
        self.check = check
        verifier = JWSVerifier(types: HeaderType.ofIDTokens, limits: limits)
    }

    /// Verifies a token; there are no keys to wait for.
    ///
    /// Use ``TokenOrigin/tokenEndpoint`` as `origin` for a token directly from the token endpoint: its header may then
    /// have an unknown type.
    /// - Throws: ``TokenValidationError`` that names the culprit.
    public func verify(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, from origin: TokenOrigin = .outside,
        at now: UnixTime
    ) throws(TokenValidationError) -> IDToken {
        guard expectations.issuer == issuer else {
            throw TokenValidationError(.idToken, reason: .keysOfAnotherIssuer)
        }
        let kind = TokenValidationError.Kind.idToken
        let verified = try kind.validating { () throws(JWSError) in
            try token.exposedText.withOctets { (octets) throws(JWSError) in
                try verifier.claims(octets, by: check, from: origin)
            }
        }
        return try kind.validating { () throws(ClaimError) in try expectations.judge(verified, of: token, at: now) }
    }

    /// As ``verify(_:expecting:from:at:)`` for tokens directly from the token endpoint; it never waits.
    public func verifyRefreshing(
        _ token: RawIDToken, expecting expectations: IDTokenExpectations, at now: UnixTime
    ) async throws(TokenValidationError) -> IDToken {
        try verify(token, expecting: expectations, from: .tokenEndpoint, at: now)
    }

    /// Empty: there is no JWK set.
    public var keyDeviations: [ProviderDeviation] { [] }
}

extension ClientSecretIDTokenVerifier: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The issuer; the secret stays private.
    public var description: String { "verifier of ID tokens of \(issuer) by the client's secret" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
