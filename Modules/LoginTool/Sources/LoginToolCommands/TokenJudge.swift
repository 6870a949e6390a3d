import JOSE
import OAuthTypes
import WireFormats

/// Verifies tokens for one issuer and one client, each with its own profile and policy.
struct TokenJudge {
    /// A token with the settings that apply to it alone.
    struct Question {
        let token: String
        let profile: TokenProfile
        let policy: AlgorithmPolicy
        /// The issuer's keys; unused if the policy is the client secret.
        let keys: JWKSet
        /// For ID tokens, the `max_age` of the login and the access token of the same response.
        var maxAge: Int64?
        var accessToken: AccessToken?
    }

    let issuer: Issuer
    let clientID: ClientID
    let nonce: String?
    let leeway: ClockLeeway
    let secret: ClientSecret?
    let clock: WallClock

    /// The claims of a verified token.
    struct Answer {
        let claims: JSONObject
        /// The tolerated deviations of the token and the JWK set from the standards.
        var deviations: [ProviderDeviation] = []
    }

    /// Verifies a token.
    /// - Throws: ``RejectionError`` if the token is rejected.
    func claims(_ question: Question) throws(RejectionError) -> Answer {
        switch question.policy {
        case .publicKeys(let algorithms): try claims(question, signedWith: algorithms)
        case .clientSecret(let algorithms): try claims(question, authenticatedWith: algorithms)
        }
    }

    private func claims(
        _ question: Question, signedWith algorithms: SignatureAlgorithms
    ) throws(RejectionError) -> Answer {
        let keys = LocalJWKSet(question.keys, of: issuer)
        switch question.profile {
        case .idToken:
            let verifier = IDTokenVerifier(keys: keys, algorithms: algorithms)
            let expectations = try expectations(question)
            do {
                let token = try verifier.verify(RawIDToken(question.token), expecting: expectations, at: clock.now)
                return Answer(claims: token.claims, deviations: question.keys.deviations + token.deviations)
            } catch { throw RejectionError(error) }
        case .accessToken(let profile):
            let verifier = AccessTokenVerifier(
                keys: keys, algorithms: algorithms, audience: clientID.text, profile: profile, leeway: leeway)
            do {
                let claims = try verifier.verify(AccessToken(question.token), at: clock.now).claims
                return Answer(claims: claims, deviations: question.keys.deviations)
            } catch { throw RejectionError(error) }
        case .logoutToken:
            let verifier = LogoutTokenVerifier(keys: keys, algorithms: algorithms, clientID: clientID, leeway: leeway)
            do { _ = try verifier.verify(RawLogoutToken(question.token), at: clock.now) } catch {
                throw RejectionError(error)
            }
            // A logout token keeps no claims beyond its properties. The text that was just verified still has them.
            return Answer(
                claims: try UnverifiedToken(question.token).payload, deviations: question.keys.deviations)
        }
    }

    // A verifier of its own for each algorithm; the first that takes the token's algorithm decides.
    private func claims(
        _ question: Question, authenticatedWith algorithms: [MACAlgorithm]
    ) throws(RejectionError) -> Answer {
        guard let secret else {
            throw RejectionError(
                "algorithm_not_accepted", words: "HMAC needs the client secret: give --client-secret-file")
        }
        guard question.profile == .idToken else {
            throw RejectionError("algorithm_not_accepted", words: "only ID tokens are signed with the client secret")
        }
        let expectations = try expectations(question)
        var rejection: RejectionError?
        for algorithm in algorithms {
            do {
                let token = try verifier(secret, algorithm: algorithm)
                    .verify(RawIDToken(question.token), expecting: expectations, at: clock.now)
                return Answer(claims: token.claims, deviations: token.deviations)
            } catch let error as TokenValidationError {
                guard case .jws(.algorithm) = error.reason else { throw RejectionError(error) }
                rejection = rejection ?? RejectionError(error)
            } catch {
                rejection = RejectionError(
                    "weak_client_secret", words: "the client secret is too short for \(algorithm)")
            }
        }
        throw rejection ?? RejectionError("algorithm_not_accepted", words: "no algorithm is configured")
    }

    private func verifier(
        _ secret: ClientSecret, algorithm: MACAlgorithm
    ) throws(KeyError) -> ClientSecretIDTokenVerifier {
        try ClientSecretIDTokenVerifier(secret: secret, algorithm: algorithm, issuer: issuer)
    }

    private func expectations(_ question: Question) throws(RejectionError) -> IDTokenExpectations {
        guard let nonce else {
            throw RejectionError(
                "nonce_not_given", words: "an ID token is accepted only with the nonce of its login: give --nonce")
        }
        var expectations = IDTokenExpectations(
            issuer: issuer, clientID: clientID, nonce: nonce, maxAge: question.maxAge.map(Duration.seconds),
            acceptedACRs: [], accessToken: question.accessToken, code: nil)
        expectations.leeway = leeway
        return expectations
    }
}
