import JOSE
import OAuthTypes
import WireFormats

/// An issuer with real keys that signs whatever a test wants.
struct TestIssuer: Sendable {
    static let now = UnixTime(seconds: 1_760_000_000)
    static let shared: TestIssuer? = try? TestIssuer()

    let issuer: Issuer
    let clientID: ClientID
    let key: SigningKey
    let otherKey: SigningKey

    init() throws {
        issuer = try Issuer("https://issuer.example")
        clientID = try ClientID("client-123")
        key = try SigningKey.generate(.rs256)
        otherKey = try SigningKey.generate(.rs256)
    }

    static func get() throws -> TestIssuer {
        guard let shared else { throw KeyError.cryptography }
        return shared
    }

    var keys: LocalJWKSet { get throws { LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer) } }

    var verifier: IDTokenVerifier<LocalJWKSet> { get throws { IDTokenVerifier(keys: try keys, algorithms: [.rs256]) } }

    /// The claims of a good ID token, with changes; nil removes a claim.
    func claims(_ changes: [String: JSONValue?] = [:]) -> JSONObject {
        var claims: JSONObject = [
            "iss": .string(issuer.text), "sub": "user-1", "aud": .string(clientID.text), "exp": 1_760_000_300,
            "iat": 1_759_999_990, "nonce": "n-1",
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    func idToken(_ changes: [String: JSONValue?] = [:], type: String = "JWT") throws -> RawIDToken {
        RawIDToken(try key.signed(type: type, claims: claims(changes)).exposedText)
    }

    /// What a login expects, without leeway.
    func expectations(
        maxAge: Int64? = nil, acceptedACRs: [String] = [], accessToken: AccessToken? = nil,
        code: AuthorizationCode? = nil
    ) -> IDTokenExpectations {
        var expectations = IDTokenExpectations(
            issuer: issuer, clientID: clientID, nonce: "n-1", maxAge: maxAge.map(Duration.seconds),
            acceptedACRs: acceptedACRs,
            accessToken: accessToken, code: code)
        expectations.leeway = 0
        return expectations
    }

    /// Why a token with these claims is refused; nil when it is accepted.
    func refusal(_ changes: [String: JSONValue?], expecting expectations: IDTokenExpectations? = nil) throws -> String?
    {
        refusal(of: try idToken(changes), by: try verifier, expecting: expectations)
    }

    func refusal(
        of token: RawIDToken, by verifier: IDTokenVerifier<LocalJWKSet>,
        expecting expectations: IDTokenExpectations? = nil
    ) -> String? {
        do throws(TokenValidationError) {
            _ = try verifier.verify(token, expecting: expectations ?? self.expectations(), at: Self.now)
            return nil
        } catch {
            return error.code
        }
    }
}
