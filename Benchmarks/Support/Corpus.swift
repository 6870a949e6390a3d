public import JOSE
public import OAuthTypes
public import WireFormats

/// Different ID tokens of one issuer as Auth0 shapes them: eleven claims, a key's name, 902 octets under RS256.
///
/// Each run generates new keys; the claims are always the same. Nothing can be cached by content.
public struct Corpus: Sendable {
    /// The issuer of the tokens.
    public let issuer: Issuer
    /// The audience of the tokens.
    public let clientID: ClientID
    /// The algorithm of all of them.
    public let algorithm: SignatureAlgorithm
    /// The key that signed them.
    public let key: SigningKey
    /// The next key, published along with it as Auth0 does.
    public let nextKey: SigningKey
    /// The tokens.
    public let tokens: [RawIDToken]
    /// The nonce of each token.
    public let nonces: [String]
    /// The expectations for each token.
    public let expectations: [IDTokenExpectations]
    /// The time of the verifications.
    public let now = UnixTime(seconds: 1_760_010_000)

    /// Creates `count` tokens, with new keys or with the RSA keys of another corpus.
    public init(_ algorithm: SignatureAlgorithm = .rs256, count: Int = 1_000, keysOf other: Corpus? = nil) throws {
        issuer = try Issuer("https://shop-example.eu.auth0.com/")
        clientID = try ClientID("k3Vb9mX2pQ7sT1wY5zA8cE4gJ6nR0uHd")
        self.algorithm = algorithm
        key = try Self.key(algorithm, named: "NkVGQjA4RUJCNzlCRjEx_", as: other?.key)
        nextKey = try Self.key(algorithm, named: "next-0uHdJ6nR4gE8cA5z", as: other?.nextKey)
        var generator = TextGenerator(seed: 20_260_101)
        var tokens: [RawIDToken] = []
        var nonces: [String] = []
        var expectations: [IDTokenExpectations] = []
        for number in 0..<count {
            let nonce = generator.text(43)
            let claims = Self.claims(number, issuer: issuer, clientID: clientID, nonce: nonce, using: &generator)
            tokens.append(RawIDToken(try key.signed(type: "JWT", claims: claims).exposedText))
            nonces.append(nonce)
            expectations.append(
                IDTokenExpectations(
                    issuer: issuer, clientID: clientID, nonce: nonce, maxAge: nil, acceptedACRs: [], accessToken: nil,
                    code: nil))
        }
        self.tokens = tokens
        self.nonces = nonces
        self.expectations = expectations
    }

    private static func key(_ algorithm: SignatureAlgorithm, named name: String, as other: SigningKey?) throws
        -> SigningKey
    {
        guard let other else { return try SigningKey.generate(algorithm, keyID: KeyID(name)) }
        return try SigningKey(pem: other.pem(), algorithm: algorithm, keyID: KeyID(name))
    }

    /// The claims of token `number`.
    public static func claims(
        _ number: Int, issuer: Issuer, clientID: ClientID, nonce: String, using generator: inout TextGenerator
    ) -> JSONObject {
        let first = generator.text(5, of: .letters)
        let last = generator.text(7, of: .letters)
        return [
            "nickname": .string("\(first).\(last)"),
            "name": .string("\(first) \(last)"),
            "email": .string("\(first).\(last)@example.com"),
            "email_verified": true,
            "iss": .string(issuer.text),
            "aud": .string(clientID.text),
            "sub": .string("auth0|" + generator.text(24, of: .hexadecimal)),
            "iat": JSONValue(integerLiteral: 1_760_000_000 + number),
            "exp": JSONValue(integerLiteral: 4_100_000_000 + number),
            "sid": .string(generator.text(32)),
            "nonce": .string(nonce),
        ]
    }

    /// A verifier of these tokens.
    public func verifier(
        _ policy: JWKPolicy = JWKPolicy(), limits: TokenLimits = .standard
    ) throws -> IDTokenVerifier<LocalJWKSet> {
        verifier(of: try JWKSet(jwks: SigningKey.jwkSet([nextKey, key]), policy: policy), limits: limits)
    }

    /// A verifier of these tokens by a set that contains their key.
    public func verifier(of keys: JWKSet, limits: TokenLimits = .standard) -> IDTokenVerifier<LocalJWKSet> {
        IDTokenVerifier(keys: LocalJWKSet(keys, of: issuer), algorithms: [algorithm], limits: limits)
    }
}
