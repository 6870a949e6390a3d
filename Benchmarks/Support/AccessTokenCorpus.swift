import CFloor
public import JOSE
public import OAuthTypes
import WireFormats

/// Different access tokens for one API (RFC 9068), signed by the key of a corpus of ID tokens.
public struct AccessTokenCorpus: Sendable {
    /// The tokens.
    public let tokens: [AccessToken]
    private let corpus: Corpus
    private static let audience = "https://api.shop-example.com"

    /// Creates one access token for each ID token of `corpus`.
    public init(_ corpus: Corpus) throws {
        self.corpus = corpus
        var generator = TextGenerator(seed: 9_068)
        tokens = try corpus.tokens.indices.map { number in
            let claims: JSONObject = [
                "iss": .string(corpus.issuer.text),
                "sub": .string("auth0|" + generator.text(24, of: .hexadecimal)),
                "aud": .string(Self.audience),
                "client_id": .string(corpus.clientID.text),
                "iat": JSONValue(integerLiteral: 1_760_000_000 + number),
                "exp": JSONValue(integerLiteral: 4_100_000_000 + number),
                "jti": .string(generator.text(22)),
                "scope": "openid profile read:orders write:orders",
            ]
            return AccessToken(try corpus.key.signed(type: "at+jwt", claims: claims).exposedText)
        }
    }

    /// A verifier of these tokens that caches `cachedTokens` of them.
    public func verifier(
        _ policy: JWKPolicy = JWKPolicy(), cachedTokens: Int = 0
    ) throws -> AccessTokenVerifier<LocalJWKSet> {
        let keys = try JWKSet(jwks: SigningKey.jwkSet([corpus.nextKey, corpus.key]), policy: policy)
        return AccessTokenVerifier(
            keys: LocalJWKSet(keys, of: corpus.issuer), algorithms: [corpus.algorithm], audience: Self.audience,
            profile: .rfc9068, cachedTokens: cachedTokens)
    }

    /// Verifies a batch of tokens and returns how many were accepted.
    public func accepted(by verifier: AccessTokenVerifier<LocalJWKSet>, in batch: Range<Int>) -> Int {
        var accepted = 0
        for index in batch {
            guard let claims = try? verifier.verify(tokens[index], at: corpus.now) else { continue }
            cfloor_consume(claims.expiresAt.seconds)
            accepted += 1
        }
        return accepted
    }
}
