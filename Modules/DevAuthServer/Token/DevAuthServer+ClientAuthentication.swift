import Concurrency
import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The client that sent this request to `path`, authenticated in the way that it is registered for.
    func authenticated(_ visit: Visit, at path: String) throws(TokenRequestError) -> DevClient {
        guard !visit.form.hasRepetition else { throw .invalidRequest("a parameter appears twice") }
        let credentials = try ClientCredentials(visit)
        guard let client = clients.first(where: { $0.id.text.hasSameOctets(as: credentials.id) }) else {
            throw .invalidClient
        }
        switch (client.authentication, credentials.proof) {
        case (.secret, .basic(let secret)), (.secretBasic, .basic(let secret)), (.secret, .post(let secret)),
            (.secretPost, .post(let secret)):
            try Self.require(secret, of: client)
        case (.privateKeyJWT, .assertion(let assertion)):
            try useOnce(try verified(assertion, of: client, at: path))
        case (.secretJWT, .assertion(let assertion)):
            try useOnce(try verifiedBySecret(assertion, of: client, at: path))
        case (.none, .none): break
        default: throw .invalidClient
        }
        return client
    }

    private static func require(_ secret: String, of client: DevClient) throws(TokenRequestError) {
        let fits = TokenDigest(client.secret.exposedText).isEqual(to: TokenDigest(secret))
        guard fits else { throw .invalidClient }
    }

    /// An assertion that passed every check but that of its use.
    private struct CheckedAssertion {
        let client: ClientID
        let jwtID: String
        let acceptableUntil: UnixTime
    }

    private func verified(
        _ assertion: RawClientAssertion, of client: DevClient, at path: String
    ) throws(TokenRequestError) -> CheckedAssertion {
        guard let keys = client.keys else { throw .invalidClient }
        let verifier = ClientAssertionVerifier(
            algorithms: SignatureAlgorithms(SignatureAlgorithm.allCases), audiences: audiences(for: client, at: path))
        do {
            let verified = try verifier.verify(assertion, of: client.id, keys: keys, at: clock.now)
            return CheckedAssertion(
                client: client.id, jwtID: verified.jwtID, acceptableUntil: verified.acceptableUntil)
        } catch {
            throw .assertion(error.code)
        }
    }

    private func verifiedBySecret(
        _ assertion: RawClientAssertion, of client: DevClient, at path: String
    ) throws(TokenRequestError) -> CheckedAssertion {
        let secret = Array(client.secret.exposedText.utf8)
        let payload = MACAlgorithm.allCases.lazy.compactMap { algorithm in
            SecretKeyCheck(secret, algorithm: algorithm).flatMap { check in
                assertion.exposedText.withOctets { try? JWSVerifier().verify($0, by: check).payload }
            }
        }.first
        guard let payload, let object = try? JSONReader.object(payload) else { throw .assertion("signature") }
        let claims = ClientClaims(object)
        do {
            try claims.require("iss", toBe: client.id.text)
            try claims.require("sub", toBe: client.id.text)
            try claims.requireAudience(among: audiences(for: client, at: path))
            let end = try claims.requireEnd(at: clock.now, within: .seconds(300))
            return CheckedAssertion(client: client.id, jwtID: try claims.text("jti"), acceptableUntil: end)
        } catch {
            throw .assertion(error.claim)
        }
    }

    // OpenID Connect Core §9: an assertion is for one use.
    private func useOnce(_ assertion: CheckedAssertion) throws(TokenRequestError) {
        let (digest, now) = (
            TokenDigest("\(assertion.client.text.utf8.count):\(assertion.client)\(assertion.jwtID)"), clock.now
        )
        let isNew = state.withLock { state in
            state.assertions.removeAll { $0 <= now }
            guard state.assertions[digest] == nil else { return false }
            state.assertions[digest] = assertion.acceptableUntil
            return true
        }
        guard isNew else { throw .assertion("jti, it was used before") }
    }

    private func audiences(for client: DevClient, at path: String) -> [String] {
        switch client.assertionAudience {
        case .issuer: [issuer.text]
        case .tokenEndpoint: [address(of: "/token")]
        case .any: [issuer.text, address(of: "/token"), address(of: path)]
        }
    }
}
