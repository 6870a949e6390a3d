import JOSE
import OAuthTypes

extension TokenKind {
    /// Verifies a text, or throws.
    typealias Setting = @Sendable (String) throws -> Void

    /// The verifier of this kind in several settings; a token that any of them takes is taken.
    func settings(_ parties: Parties) -> [Setting] {
        switch self {
        case .idToken: Self.idTokens(parties)
        case .accessToken: Self.accessTokens(parties)
        case .auth0AccessToken: Self.auth0AccessTokens(parties)
        case .logoutToken: Self.logoutTokens(parties)
        case .userInfo: Self.userInfo(parties)
        case .authorizationResponse: Self.authorizationResponses(parties)
        case .clientAssertion: Self.clientAssertions(parties)
        case .proof: Self.proofs(parties)
        }
    }

    // From a login, and from a refresh, which needs no nonce; from an untrusted source, and directly from the token
    // endpoint.
    private static func idTokens(_ parties: Parties) -> [Setting] {
        let (issuer, verifier) = (parties.issuer, IDTokenVerifier(keys: parties.keys, algorithms: [.rs256]))
        let refreshes = ["user-1", "client-123"].compactMap { try? SubjectID($0) }.map {
            IDTokenExpectations(
                refreshOf: $0, issuer: issuer.issuer, clientID: issuer.clientID, nonce: "n-1", authTime: nil,
                accessToken: nil)
        }
        return ([issuer.expectations()] + refreshes).flatMap { expectations in
            [TokenOrigin.outside, .tokenEndpoint].map { origin -> Setting in
                { _ = try verifier.verify(RawIDToken($0), expecting: expectations, from: origin, at: TestIssuer.now) }
            }
        }
    }

    private static func accessTokens(_ parties: Parties) -> [Setting] {
        [Parties.api, "client-123", "https://issuer.example"].map { audience in
            let verifier = AccessTokenVerifier(
                keys: parties.keys, algorithms: [.rs256], audience: audience, profile: .rfc9068)
            return { _ = try verifier.verify(AccessToken($0), at: TestIssuer.now) }
        }
    }

    // Never with a client as the audience: the profile's documentation forbids it.
    private static func auth0AccessTokens(_ parties: Parties) -> [Setting] {
        let verifier = AccessTokenVerifier(
            keys: parties.keys, algorithms: [.rs256], audience: Parties.api, profile: .auth0)
        return [{ _ = try verifier.verify(AccessToken($0), at: TestIssuer.now) }]
    }

    private static func logoutTokens(_ parties: Parties) -> [Setting] {
        var verifier = LogoutTokenVerifier(
            keys: parties.keys, algorithms: [.rs256], clientID: parties.issuer.clientID)
        verifier.trustedAudiences = [Parties.api]
        return [{ [verifier] in _ = try verifier.verify(RawLogoutToken($0), at: TestIssuer.now) }]
    }

    private static func userInfo(_ parties: Parties) -> [Setting] {
        var verifier = SignedUserInfoVerifier(
            keys: parties.keys, algorithms: [.rs256], clientID: parties.issuer.clientID, profile: .core)
        verifier.trustedAudiences = [Parties.api]
        return ["user-1", "client-123"].map { [verifier] subject in
            { _ = try verifier.verify(RawSignedUserInfo($0), of: SubjectID(subject), at: TestIssuer.now) }
        }
    }

    private static func authorizationResponses(_ parties: Parties) -> [Setting] {
        let verifier = JARMResponseVerifier(
            keys: parties.keys, algorithms: [.rs256], clientID: parties.issuer.clientID)
        return [{ _ = try verifier.verify(RawJARMResponse($0), at: TestIssuer.now) }]
    }

    private static func clientAssertions(_ parties: Parties) -> [Setting] {
        let verifier = ClientAssertionVerifier(
            algorithms: [.rs256], audiences: ["https://issuer.example", Parties.api, "client-123"],
            lifetime: .seconds(3_600))
        let keys = parties.keys.current
        return ["client-123", "user-1", "https://issuer.example"].map { client in
            { _ = try verifier.verify(RawClientAssertion($0), of: ClientID(client), keys: keys, at: TestIssuer.now) }
        }
    }

    private static func proofs(_ parties: Parties) -> [Setting] {
        let verifier = DPoPProofVerifier(algorithms: [.rs256], lifetime: .seconds(600))
        let use = DPoPExpectations(
            useOf: Parties.accessToken, boundTo: parties.issuer.key.keyID?.text ?? "", method: .get, url: parties.url,
            nonce: nil)
        let request = DPoPExpectations(tokenRequest: .get, url: parties.url, boundTo: nil, nonce: nil)
        return [use, request].map { expectations in
            { _ = try verifier.verify(RawDPoPProof($0), expecting: expectations, at: TestIssuer.now) }
        }
    }
}
