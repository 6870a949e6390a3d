import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// One verifier, many tasks, and keys that are fetched again all the time.
@Suite struct ConcurrentRefreshTests {
    /// A token and what a verifier that never saw another one says to it.
    private struct Case: Sendable {
        let token: RawIDToken
        let code: String?
    }

    private let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func cases() throws -> [Case] {
        // Valid for as long as the clock can go here: only the keys grow old.
        let late: JSONValue = 4_000_000_000
        let forger = try SigningKey.generate(.rs256, keyID: issuer.key.keyID)
        let whole = try issuer.idToken(["exp": late])
        // 333 letters are left of the signature, a number that no base64url has.
        let cut = RawIDToken(String(whole.exposedText.dropLast(9)))
        let tokens = [
            whole, try issuer.idToken(["exp": late, "name": "another"]), try issuer.idToken(["exp": 1]),
            try issuer.idToken(["exp": late, "nonce": "n-2"]), try issuer.idToken(["exp": late], type: "at+jwt"), cut,
            RawIDToken(""),
            RawIDToken(try forger.signed(type: "JWT", claims: issuer.claims(["exp": late])).exposedText),
            RawIDToken(try issuer.otherKey.signed(type: "JWT", claims: issuer.claims(["exp": late])).exposedText),
        ]
        return try tokens.map { Case(token: $0, code: issuer.refusal(of: $0, by: try issuer.verifier)) }
    }

    /// A source whose sets are due after a minute. Each answer holds the issuer's key among others that come and go.
    private func keys(_ clock: ManualClock, transport: ScriptedTransport, answers: Int) throws -> RemoteJWKSet {
        let others = try (0..<3).map { _ in try SigningKey.generate(.es256) }
        let always = HeaderField("Cache-Control", "max-age=60").map { [$0] } ?? []
        for index in 0..<answers {
            let set = SigningKey.jwkSet([others[index % 3], issuer.key, others[(index + 1) % 3]])
            transport.then(.json(JSONWriter.bytes(set), fields: always))
        }
        return RemoteJWKSet(
            try EndpointURL("https://issuer.example/jwks"), of: issuer.issuer, transport: transport, clock: clock.wall)
    }

    @Test func answersAsAFreshVerifierDoes() async throws {
        let (clock, transport) = (ManualClock(TestIssuer.now), ScriptedTransport())
        let (tasks, rounds) = (16, PropertyCases.isThorough ? 10_000 : 100)
        let verifier = IDTokenVerifier(
            keys: try keys(clock, transport: transport, answers: tasks * rounds * 2), algorithms: [.rs256])
        let (cases, issuer) = (try cases(), issuer)
        #expect(Set(cases.map(\.code)).count == 8)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for seed in 0..<tasks {
                group.addTask {
                    var random = SeededRandom(seed: UInt64(seed))
                    var wrong = 0
                    for _ in 0..<rounds {
                        guard let next = cases.randomElement(using: &random) else { continue }
                        if Int.random(in: 0..<8, using: &random) == 0 { clock.advance(seconds: 61) }
                        var code: String?
                        do throws(TokenValidationError) {
                            _ = try await verifier.verifyRefreshing(
                                next.token, expecting: issuer.expectations(), at: clock.now)
                        } catch {
                            code = error.code
                        }
                        if code != next.code { wrong += 1 }
                    }
                    return wrong
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(transport.requests.count > 10)
        #expect(transport.unexpectedCount == 0)
    }
}
