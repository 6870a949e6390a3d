import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Damaged tokens: accepted only if no octet differs, refused without a word of what stands in them.
@Suite struct MutationTests {
    static let canary = "canary-5f1c-reveals-nothing"

    /// A verifier and two tokens that it accepts.
    private struct Subject: Sendable {
        let algorithm: String
        let tokens: [[UInt8]]
        let refusal: @Sendable (RawIDToken) -> TokenValidationError?
    }

    private static func subjects() throws -> [Subject] {
        let issuer = try TestIssuer.get()
        let claims = ["one", "two"].map { issuer.claims(["name": .string(canary + $0), "email": .string(canary)]) }
        let secret = ClientSecret(String(repeating: "secret", count: 6))
        let byKey = try [SignatureAlgorithm.rs256, .es256, .edDSA].map { algorithm in
            let key = try SigningKey.generate(algorithm, keyID: KeyID(canary))
            let keys = LocalJWKSet(try JWKSet(jwks: SigningKey.jwkSet([key])), of: issuer.issuer)
            let verifier = IDTokenVerifier(keys: keys, algorithms: [algorithm])
            return Subject(
                algorithm: algorithm.description,
                tokens: try claims.map { Array(try key.signed(type: "JWT", claims: $0).exposedText.utf8) },
                refusal: { token in
                    refusal { () throws(TokenValidationError) in
                        _ = try verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
                    }
                })
        }
        let signer = try ClientSecretSigner(secret: secret, algorithm: .hs256)
        let verifier = try ClientSecretIDTokenVerifier(secret: secret, algorithm: .hs256, issuer: issuer.issuer)
        let bySecret = Subject(
            algorithm: "HS256",
            tokens: try claims.map { Array(try signer.signed(type: "JWT", claims: $0).exposedText.utf8) },
            refusal: { token in
                refusal { () throws(TokenValidationError) in
                    _ = try verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
                }
            })
        return byKey + [bySecret]
    }

    private static func refusal(_ verify: () throws(TokenValidationError) -> Void) -> TokenValidationError? {
        do {
            try verify()
            return nil
        } catch {
            return error
        }
    }

    @Test func acceptsNoDamagedTokenAndRevealsNothingOfIt() throws {
        var random = SeededRandom(seed: 7515)
        for subject in try Self.subjects() {
            var (wrong, said) = (0, Set<String>())
            for token in subject.tokens {
                #expect(subject.refusal(RawIDToken(String(decoding: token, as: UTF8.self))) == nil)
            }
            for _ in 0..<PropertyCases.count / 4 {
                let text = String(decoding: Damage.one(of: subject.tokens, using: &random), as: UTF8.self)
                let isWhole = subject.tokens.contains { $0.elementsEqual(text.utf8) }
                let error = subject.refusal(RawIDToken(text))
                if (error == nil) != isWhole { wrong += 1 }
                if let error { said.insert("\(error.code) \(error) \(String(reflecting: error))") }
            }
            #expect(wrong == 0, "\(subject.algorithm)")
            #expect(said.count > 3, "\(subject.algorithm): \(said)")
            #expect(said.allSatisfy { Self.revealsNothing($0, of: subject.tokens) }, "\(said)")
        }
    }

    /// Neither the canary nor any twelve letters of the tokens in a row.
    private static func revealsNothing(_ text: String, of tokens: [[UInt8]]) -> Bool {
        let octets = Array(text.utf8)
        guard octets.count >= 12, !text.contains(canary.prefix(6)) else { return octets.count < 12 }
        let windows = Set((0...octets.count - 12).map { Array(octets[$0..<$0 + 12]) })
        return tokens.allSatisfy { token in
            (0...token.count - 12).allSatisfy { !windows.contains(Array(token[$0..<$0 + 12])) }
        }
    }

    static let refused: [(String, [String: JSONValue?])] = [
        ("malformed_iss", ["iss": [.string(canary)]]), ("malformed_aud", ["aud": .object([canary: 1])]),
        ("malformed_azp", ["azp": [.string(canary)]]), ("wrong_nonce", ["nonce": .string(canary)]),
        ("malformed_sub", ["sub": [.string(canary)]]), ("malformed_exp", ["exp": .string(canary)]),
        ("malformed_iat", ["iat": .object([canary: 1])]), ("malformed_nbf", ["nbf": .string(canary)]),
        ("malformed_sid", ["sid": [.string(canary)]]),
    ]

    @Test(arguments: refused)
    func namesOneCulpritAndNothingOfIt(_ code: String, _ changes: [String: JSONValue?]) throws {
        let issuer = try TestIssuer.get()
        let token = try issuer.idToken(changes)
        let verifier = try issuer.verifier
        let error = try #require(
            Self.refusal { () throws(TokenValidationError) in
                _ = try verifier.verify(token, expecting: issuer.expectations(), at: TestIssuer.now)
            })
        var dumped = ""
        dump(error, to: &dumped)
        #expect(error.code == code)
        let said = "\(error) \(String(reflecting: error)) \(dumped)"
        #expect(Self.revealsNothing(said, of: [Array(token.exposedText.utf8)]))
        let names = ["iss", "sub", "aud", "exp", "iat", "nbf", "azp", "nonce", "sid", "auth_time"]
        let named = names.filter { "\(error)".contains("claim \($0) ") }
        #expect(named == [String(code.drop { $0 != "_" }.dropFirst())])
    }
}
