import CryptoPrimitives
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct RememberedTokenTests {
    static let api = "https://api.example"
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func signed(_ changes: [String: JSONValue?] = [:]) throws -> String {
        let standard: [String: JSONValue?] = [
            "aud": .string(Self.api), "nonce": .none, "client_id": "client-123", "jti": "t-1", "scope": "read write",
        ]
        let claims = issuer.claims(standard.merging(changes) { $1 })
        return try issuer.key.signed(type: "at+jwt", claims: claims).exposedText
    }

    @Test func remembersATokenAndJudgesItByTheClockAnew() throws {
        let verifier = try remembering(issuer.keys)
        let token = AccessToken(try signed(["nbf": 1_759_999_995]))
        let first = try verifier.verify(token, at: TestIssuer.now)
        let again = try verifier.verify(token, at: TestIssuer.now)
        #expect(again.claims == first.claims)
        #expect(again.scope == first.scope)
        for (seconds, code) in [(300, "expired"), (-6, "not_yet_valid"), (-11, "issued_in_future")] as [(Int64, String)]
        {
            let error = #expect(throws: TokenValidationError.self) {
                try verifier.verify(token, at: TestIssuer.now.adding(seconds: seconds))
            }
            #expect(error?.code == code)
        }
        #expect(throws: Never.self) { try verifier.verify(token, at: TestIssuer.now) }
    }

    @Test func remembersOnlyWhatWasAccepted() throws {
        let verifier = try remembering(issuer.keys)
        for changes in [["exp": 1_760_000_000], ["iss": "https://other.example"], ["sub": 5]] as [[String: JSONValue?]]
        {
            #expect(throws: TokenValidationError.self) {
                try verifier.verify(AccessToken(signed(changes)), at: TestIssuer.now)
            }
        }
        #expect(verifier.rememberedCount == 0)
        for number in 1...3 {
            for _ in 0..<2 {
                _ = try verifier.verify(AccessToken(signed(["jti": .string("\(number)")])), at: TestIssuer.now)
            }
            #expect(verifier.rememberedCount == number)
        }
        let forgetful = AccessTokenVerifier(
            keys: try issuer.keys, algorithms: [.rs256], audience: Self.api, profile: .rfc9068)
        _ = try forgetful.verify(AccessToken(signed()), at: TestIssuer.now)
        #expect(forgetful.rememberedCount == 0)
    }

    @Test func remembersNothingButTheWholeToken() throws {
        let verifier = try remembering(issuer.keys)
        let token = try signed()
        _ = try verifier.verify(AccessToken(token), at: TestIssuer.now)
        for place in token.utf8.indices {
            var changed = Array(token.utf8)
            let offset = token.utf8.distance(from: token.utf8.startIndex, to: place)
            changed[offset] = changed[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenValidationError.self) {
                try verifier.verify(AccessToken(String(decoding: changed, as: UTF8.self)), at: TestIssuer.now)
            }
        }
    }

    /// K and the Kelvin sign are equal to Swift; whole signatures are compared before that matters.
    @Test func remembersNoTokenThatOnlyLooksLikeIt() throws {
        let verifier = try remembering(issuer.keys)
        let claims = (0..<64).map { try? signed(["jti": .string("\($0)")]) }
        let token = try #require(claims.compactMap(\.self).first { $0.contains("K") })
        _ = try verifier.verify(AccessToken(token), at: TestIssuer.now)
        let lookalike = String(token.map { $0 == "K" ? "\u{212A}" : $0 })
        #expect(lookalike == token)
        #expect(throws: TokenValidationError.self) { try verifier.verify(AccessToken(lookalike), at: TestIssuer.now) }
    }

    @Test func forgetsTokensWithTheKeysThatVerifiedThem() async throws {
        let transport = ScriptedTransport()
        let clock = ManualClock(TestIssuer.now)
        let keys = RemoteJWKSet(
            try EndpointURL("https://issuer.example/jwks"), of: issuer.issuer, transport: transport, clock: clock.wall)
        let verifier = try remembering(keys)
        let token = AccessToken(try signed(["exp": 1_760_009_000]))
        transport.then(.json(JSONWriter.bytes(SigningKey.jwkSet([issuer.key]))))
        for _ in 0..<2 { _ = try await verifier.verifyRefreshing(token, at: clock.now) }
        clock.advance(seconds: 3_600)
        transport.then(.json(JSONWriter.bytes(SigningKey.jwkSet([issuer.otherKey]))))
        await #expect(throws: TokenValidationError.self) { try await verifier.verifyRefreshing(token, at: clock.now) }
        #expect(throws: TokenValidationError.self) { try verifier.verify(token, at: clock.now) }
    }

    @Test func showsNoTokenThatItRemembers() throws {
        let verifier = try remembering(issuer.keys)
        let token = try signed()
        _ = try verifier.verify(AccessToken(token), at: TestIssuer.now)
        var shown = "\(verifier) \(String(reflecting: verifier))"
        dump(verifier, to: &shown)
        for part in token.split(separator: ".") { #expect(!shown.contains(part)) }
    }

    @Test func staysWithinItsCapacity() throws {
        let cache = VerifiedTokenCache(capacity: 10)
        let scope = Scoped()
        let texts = (0..<1_000).map { "a text that is longer than thirty-two octets \($0)" }
        for text in texts { cache.keep(Kept(), for: text, octets: Array(text.utf8).span, in: scope) }
        #expect(texts.count { cache.object(for: $0, octets: Array($0.utf8).span, in: scope) != nil } <= 10)
        #expect(texts.suffix(5).allSatisfy { cache.object(for: $0, octets: Array($0.utf8).span, in: scope) != nil })
        #expect(texts.allSatisfy { cache.object(for: $0, octets: Array($0.utf8).span, in: Scoped()) == nil })
    }

    private final class Kept: Sendable {}
    private final class Scoped: Sendable {}

    private func remembering<Keys>(_ keys: Keys) throws -> AccessTokenVerifier<Keys> {
        AccessTokenVerifier(
            keys: keys, algorithms: [.rs256], audience: Self.api, profile: .rfc9068, leeway: 0, cachedTokens: 100)
    }
}
