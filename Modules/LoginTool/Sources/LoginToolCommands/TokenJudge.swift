import JOSE
import OAuthTypes
import WireFormats

/// Judges tokens for one issuer and one client, each by a kind and a policy of its own.
struct TokenJudge {
    /// A token with all that is decided for it alone.
    struct Question {
        let token: String
        let profile: TokenProfile
        let policy: AlgorithmPolicy
        /// The issuer's keys; not looked at where the client secret decides.
        let keys: JWKSet
        /// The `max_age` of the login and the access token that came along, for ID tokens.
        var maxAge: Int64?
        var accessToken: AccessToken?
    }

    let issuer: Issuer
    let clientID: ClientID
    let nonce: String?
    let leeway: ClockLeeway
    let secret: ClientSecret?
    let clock: WallClock

    /// A token that may be taken.
    struct Answer {
        let claims: JSONObject
        /// In what it, or the key set, departs from the standards and was read all the same.
        var deviations: [ProviderDeviation] = []
    }

    /// What a token says that may be taken.
    /// - Throws: ``Refusal`` for any other.
    func claims(_ question: Question) throws(Refusal) -> Answer {
        switch question.policy {
        case .publicKeys(let algorithms): try claims(question, algorithms)
        case .clientSecret(let algorithms): try claims(question, algorithms)
        }
    }

    private func claims(_ question: Question, _ algorithms: SignatureAlgorithms) throws(Refusal) -> Answer {
        let keys = LocalJWKSet(question.keys, of: issuer)
        switch question.profile {
        case .idToken:
            let verifier = IDTokenVerifier(keys: keys, algorithms: algorithms)
            let expectations = try expectations(question)
            do {
                let token = try verifier.verify(RawIDToken(question.token), expecting: expectations, at: clock.now)
                return Answer(claims: token.claims, deviations: question.keys.deviations + token.deviations)
            } catch { throw Refusal(error) }
        case .accessToken(let profile):
            let verifier = AccessTokenVerifier(
                keys: keys, algorithms: algorithms, audience: clientID.text, profile: profile, leeway: leeway)
            do {
                let claims = try verifier.verify(AccessToken(question.token), at: clock.now).claims
                return Answer(claims: claims, deviations: question.keys.deviations)
            } catch { throw Refusal(error) }
        case .logoutToken:
            let verifier = LogoutTokenVerifier(keys: keys, algorithms: algorithms, clientID: clientID, leeway: leeway)
            do { _ = try verifier.verify(RawLogoutToken(question.token), at: clock.now) } catch {
                throw Refusal(error)
            }
            // A logout token keeps no claims beyond its properties. The text that was just verified still has them.
            return Answer(
                claims: try UnverifiedToken(question.token).payload, deviations: question.keys.deviations)
        }
    }

    // A verifier of its own for each algorithm; the first that takes the token's algorithm decides.
    private func claims(_ question: Question, _ algorithms: [MACAlgorithm]) throws(Refusal) -> Answer {
        guard let secret else {
            throw Refusal("algorithm_not_accepted", "HMAC needs the client secret: give --client-secret-file")
        }
        guard question.profile == .idToken else {
            throw Refusal("algorithm_not_accepted", "only ID tokens are signed with the client secret")
        }
        let expectations = try expectations(question)
        var refusal: Refusal?
        for algorithm in algorithms {
            do {
                let token = try verifier(secret, algorithm)
                    .verify(RawIDToken(question.token), expecting: expectations, at: clock.now)
                return Answer(claims: token.claims, deviations: token.deviations)
            } catch let error as TokenValidationError {
                guard case .jws(.algorithm) = error.reason else { throw Refusal(error) }
                refusal = refusal ?? Refusal(error)
            } catch {
                refusal = Refusal("weak_client_secret", "the client secret is too short for \(algorithm)")
            }
        }
        throw refusal ?? Refusal("algorithm_not_accepted", "no algorithm is configured")
    }

    private func verifier(
        _ secret: ClientSecret, _ algorithm: MACAlgorithm
    ) throws(KeyError) -> ClientSecretIDTokenVerifier {
        try ClientSecretIDTokenVerifier(secret: secret, algorithm: algorithm, issuer: issuer)
    }

    private func expectations(_ question: Question) throws(Refusal) -> IDTokenExpectations {
        guard let nonce else {
            throw Refusal("nonce_not_given", "an ID token is taken only with the nonce of its login: give --nonce")
        }
        var expectations = IDTokenExpectations(
            issuer: issuer, clientID: clientID, nonce: nonce, maxAge: question.maxAge, acceptedACRs: [],
            accessToken: question.accessToken, code: nil)
        expectations.leeway = leeway
        return expectations
    }
}
