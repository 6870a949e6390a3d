import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

extension TokenKind {
    /// Everything that tokens of all kinds have in common.
    struct Parties: Sendable {
        static let api = "https://api.example"
        static let accessToken = AccessToken("access-token-1")
        let issuer: TestIssuer
        let keys: LocalJWKSet
        let url: EndpointURL

        init() throws {
            issuer = try TestIssuer.get()
            keys = try issuer.keys
            url = try EndpointURL("https://api.example/things")
        }

        /// Signed by the one key there is, which also stands in the header.
        func signed(_ type: String?, _ changes: [String: JSONValue?]) throws -> String {
            var header: JSONObject = [
                "alg": .string(issuer.key.algorithm.rawValue), "kid": .string(issuer.key.keyID?.text ?? ""),
                "jwk": .object(issuer.key.publicJWK),
            ]
            header["typ"] = type.map(JSONValue.string)
            let payload = JSONWriter.bytes(issuer.claims(changes))
            return try issuer.key.signed(header: header, payload: payload).exposedText
        }
    }

    /// Good tokens of this kind, each in a form that is hard to tell from others.
    func samples(_ parties: Parties) throws -> [String] {
        var samples: [String] = []
        for changes in claims {
            for type in types { samples.append(try parties.signed(type, changes)) }
        }
        return samples
    }

    private var types: [String?] {
        switch self {
        case .idToken, .auth0AccessToken, .userInfo, .authorizationResponse: ["JWT", nil]
        case .accessToken: ["at+jwt"]
        case .logoutToken: ["logout+jwt", "JWT", nil]
        case .clientAssertion: ["client-authentication+jwt", "JWT", nil]
        case .proof: ["dpop+jwt"]
        }
    }

    /// What distinguishes the claims from those of a login's ID token; nil removes one. All have a name and, where it
    /// does no harm, a session.
    private var claims: [[String: JSONValue?]] {
        switch self {
        case .idToken:
            // As a login brings it, and as a refresh may.
            [["jti": "t-1", "sid": "s-1"], ["nonce": .none, "jti": "t-1", "sid": "s-1", "azp": "client-123"]]
        case .accessToken:
            [["nonce": .none, "jti": "t-1", "client_id": "client-123", "aud": [.string(Parties.api), "client-123"]]]
        case .auth0AccessToken:
            [["nonce": .none, "jti": "t-1", "azp": "client-123", "aud": .string(Parties.api)]]
        case .logoutToken:
            [Self.logoutClaims, Self.logoutClaims.merging(["sub": .none, "exp": .none]) { $1 }]
        case .userInfo:
            [["nonce": .none, "jti": "t-1", "sid": "s-1", "exp": .none]]
        case .authorizationResponse:
            [["nonce": .none, "jti": "t-1", "sid": "s-1", "sub": .none, "code": "c-1", "state": "s-1"]]
        case .clientAssertion:
            [["nonce": .none, "jti": "t-1", "iss": "client-123", "sub": "client-123", "aud": "https://issuer.example"]]
        case .proof:
            [["jti": "t-1", "htm": "GET", "htu": "https://api.example/things", "ath": .string(Self.ath)]]
        }
    }

    private static let logoutClaims: [String: JSONValue?] = [
        "nonce": .none, "jti": "t-1", "sid": "s-1",
        "events": .object(["http://schemas.openid.net/event/backchannel-logout": .object([:])]),
    ]

    private static var ath: String {
        Base64URL.encode(SHA2.sha256(Array(Parties.accessToken.exposedText.utf8)))
    }
}
