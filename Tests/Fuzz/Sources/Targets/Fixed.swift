import JOSE
import OAuthTypes

/// What the targets verify with.
enum Fixed {
    static let nonce = "n-0S6_WzA2Mj"
    static let now = UnixTime(seconds: 1_760_000_000)
    static let issuer = made { try Issuer("https://issuer.example") }
    static let expectations = made {
        IDTokenExpectations(
            issuer: issuer, clientID: try ClientID("client-123"), nonce: nonce, maxAge: nil,
            acceptedACRs: [], accessToken: AccessToken("a"), code: AuthorizationCode("c"))
    }
    static let byKeys: IDTokenVerifier<LocalJWKSet>? = made {
        let set = SigningKey.jwkSet([try .generate(.rs256), try .generate(.es256), try .generate(.edDSA)])
        let algorithms = SignatureAlgorithms(SignatureAlgorithm.allCases)
        return IDTokenVerifier(keys: LocalJWKSet(try JWKSet(jwks: set), of: issuer), algorithms: algorithms)
    }
    private static let secret = ClientSecret("0123456789abcdef0123456789abcdef")
    static let signer: ClientSecretSigner? = made { try ClientSecretSigner(secret: secret, algorithm: .hs256) }
    static let bySecret: ClientSecretIDTokenVerifier? = made {
        try ClientSecretIDTokenVerifier(secret: secret, algorithm: .hs256, issuer: issuer)
    }

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { fatalError("the fuzz targets have nothing to verify with: \(error)") }
    }
}
