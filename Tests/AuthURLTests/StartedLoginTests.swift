import AuthURL
import Concurrency
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct StartedLoginTests {
    @Test func neverRepeatsStateNonceOrVerifier() throws {
        var seen: Set<String> = []
        for _ in 0..<5_000 {
            let login = try LoginFixture.start()
            seen.formUnion([login.state, login.pending.nonce, login.pending.codeVerifier.exposedText])
        }
        #expect(seen.count == 15_000)
        #expect(seen.allSatisfy { Base64URL.decode($0)?.count == 32 })
    }

    @Test func takes256BitsFromTheSourceForEach() throws {
        let asked = Lock<[Int]>([])
        let random = RandomSource { count in
            asked.withLock { $0.append(count) }
            return [UInt8](repeating: 7, count: count)
        }
        _ = try LoginFixture.start(random: random)
        #expect(asked.withLock { $0 } == [32, 32, 32])
    }

    @Test func putsItsSecretsIntoTheURL() throws {
        let login = try LoginFixture.start()
        #expect(try LoginFixture.value("state", in: login.url.exposedText) == login.state)
        #expect(try LoginFixture.value("nonce", in: login.url.exposedText) == login.pending.nonce)
    }

    // RFC 7636 Appendix B
    @Test func challengesWithS256() throws {
        let verifier = try #require(Base64URL.decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        let random = RandomSource { _ in verifier }
        let login = try LoginFixture.start(random: random)
        let challenge = try LoginFixture.value("code_challenge", in: login.url.exposedText)
        #expect(challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(!login.url.exposedText.contains("plain"))
    }

    // PKCE holds for every caller: only the flow starts a login without it, by a deviation that the integrator named.
    @Test func withoutPKCENeitherChallengeNorVerifierAreSent() throws {
        var request = try LoginFixture.request()
        request.circumstances = [.withoutPKCE]
        let login = try LoginFixture.start(request)
        #expect(try LoginFixture.value("code_challenge", in: login.url.exposedText) == nil)
        #expect(try LoginFixture.value("code_challenge_method", in: login.url.exposedText) == nil)
        #expect(try LoginFixture.value("nonce", in: login.url.exposedText) == login.pending.nonce)
        let callback = try AuthorizationResponse(query: "code=c&state=\(login.state)")
        let grant = try login.pending.judge(callback, at: LoginFixture.now)
        #expect(grant.codeVerifier == nil)
    }

    @Test func keepsTheVerifierOutOfTheURL() throws {
        let login = try LoginFixture.start()
        #expect(!login.url.exposedText.contains(login.pending.codeVerifier.exposedText))
    }

    @Test func showsNoSecretAndNoUser() throws {
        var request = try LoginFixture.request()
        request.loginHint = "alice@example.com"
        request.organization = try Organization("org_1")
        request.invitation = "ticket-4711"
        try request.addExtra("theme", value: "extra-4712")
        let login = try LoginFixture.start(request)
        let secrets = [
            login.state, login.pending.nonce, login.pending.codeVerifier.exposedText, "alice@example.com",
            "ticket-4711", "extra-4712",
        ]
        var shown = login.shownParameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        shown += "\(login) \(String(reflecting: login)) \(login.pending) \(String(reflecting: login.pending))"
        dump(login, to: &shown)
        dump(login.pending, to: &shown)
        for secret in secrets { #expect(!shown.contains(secret)) }
        #expect(shown.contains("client_id=shop"))
        #expect(shown.contains("state=•••"))
    }
}
