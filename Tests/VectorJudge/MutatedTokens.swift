package import JOSE
import OAuthTypes
import TestSupport
import WireFormats

/// Tokens with good signatures, each damaged many times: accepted only if its octets are unchanged after all.
package struct MutatedTokens: Sendable {
    /// The algorithms the tokens are signed with, a key each.
    package static let algorithms: [SignatureAlgorithm] = [.rs256, .ps256, .es256, .edDSA]

    private let tokens: [[UInt8]]
    private let check: PublicKeyCheck

    package init() async throws {
        var keys: [SigningKey] = []
        var tokens: [[UInt8]] = []
        for algorithm in Self.algorithms {
            let key = try SigningKey.generate(algorithm)
            keys.append(key)
            for subject in ["user-1", "Zoë"] {
                let claims: JSONObject = ["iss": "https://issuer.example", "sub": .string(subject)]
                tokens.append(Array(try await key.sign(type: "JWT", claims: claims).exposedText.utf8))
            }
        }
        self.tokens = tokens
        check = PublicKeyCheck(
            try JWKSet(jwks: SigningKey.jwkSet(keys)), algorithms: SignatureAlgorithms(Self.algorithms))
    }

    /// Damages tokens `count` times. The numbers are of those that were accepted, and of those that were accepted though
    /// changed.
    package func judge(count: Int, seed: UInt64) -> (accepted: Int, wronglyAccepted: Int) {
        let verifier = JWSVerifier()
        var random = SeededRandom(seed: seed)
        var result = (accepted: 0, wronglyAccepted: 0)
        for index in 0..<count {
            let original = tokens[index % tokens.count]
            let mutated = original.mutated(with: tokens[(index / 3) % tokens.count], using: &random)
            guard (try? verifier.verify(mutated.span, by: check)) != nil else { continue }
            result.accepted += 1
            // A stretch of another token may be that whole token.
            if !tokens.contains(mutated) { result.wronglyAccepted += 1 }
        }
        return result
    }
}
