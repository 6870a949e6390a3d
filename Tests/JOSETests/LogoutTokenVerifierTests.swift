import JOSE
import OAuthTypes
import TestSupport
import Testing
import VectorJudge
import WireFormats

@Suite struct LogoutTokenVerifierTests {
    static let event = "http://schemas.openid.net/event/backchannel-logout"
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func verifier(leeway: ClockLeeway = 0) throws -> LogoutTokenVerifier<LocalJWKSet> {
        LogoutTokenVerifier(keys: try issuer.keys, algorithms: [.rs256], clientID: issuer.clientID, leeway: leeway)
    }

    private func token(_ changes: [String: JSONValue?] = [:], type: String = "logout+jwt") throws -> RawLogoutToken {
        let standard: [String: JSONValue?] = [
            "nonce": .none, "exp": 1_760_000_120, "jti": "j-1", "sid": "s-1",
            "events": .object([Self.event: .object([:])]),
        ]
        let claims = issuer.claims(standard.merging(changes) { $1 })
        return RawLogoutToken(try issuer.key.signed(type: type, claims: claims).exposedText)
    }

    private func refusal(
        _ token: RawLogoutToken, by verifier: LogoutTokenVerifier<LocalJWKSet>? = nil
    ) throws -> String? {
        let verifier = try verifier ?? self.verifier()
        do throws(TokenValidationError) {
            _ = try verifier.verify(token, at: TestIssuer.now)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func handsOverWhoseSessionEnded() throws {
        let logout = try verifier(leeway: 60).verify(token(), at: TestIssuer.now)
        #expect(logout.issuer == issuer.issuer)
        #expect(logout.subject?.text == "user-1")
        #expect(logout.sessionID?.text == "s-1")
        #expect(logout.jwtID == "j-1")
        #expect(logout.issuedAt.seconds == 1_759_999_990)
        #expect(logout.expiresAt?.seconds == 1_760_000_120)
        #expect(logout.acceptableUntil.seconds == 1_760_000_180)
        #expect(!"\(logout)".contains("user-1") && !String(reflecting: logout).contains("s-1"))
    }

    @Test(arguments: ["logout+jwt", "LOGOUT+JWT", "application/logout+jwt", "JWT"])
    func takesTheTypesOfALogoutToken(_ type: String) throws {
        #expect(try refusal(token(type: type)) == nil)
    }

    @Test(
        arguments: [
            ["sub": .none], ["sid": .none], ["aud": ["client-123"]], ["nbf": 1_760_000_000],
            ["events": .object([LogoutTokenVerifierTests.event: .object(["x": 1]), "https://another.example": true])],
            ["exp": .none, "iat": 1_759_999_700], ["iat": 1_700_000_000],
            ["jti": .string(String(repeating: "j", count: 256))],
        ] as [[String: JSONValue?]])
    func takesWhatTheStandardLeavesOpen(_ changes: [String: JSONValue?]) throws {
        #expect(try refusal(token(changes)) == nil)
    }

    @Test(
        arguments: [
            ("wrong_iss", ["iss": "https://issuer.example/"]), ("missing_iss", ["iss": .none]),
            ("wrong_aud", ["aud": "another"]), ("wrong_aud", ["aud": ["client-123", "another"]]),
            ("missing_aud", ["aud": .none]), ("malformed_aud", ["aud": ["client-123", 1]]),
            ("missing_iat", ["iat": .none]), ("malformed_iat", ["iat": "1759999990"]),
            ("issued_in_future", ["iat": 1_760_000_001]), ("expired", ["exp": 1_760_000_000]),
            ("malformed_exp", ["exp": .null]), ("expired", ["exp": .none, "iat": 1_759_999_699]),
            ("not_yet_valid", ["nbf": 1_760_000_001]), ("missing_jti", ["jti": .none]), ("malformed_jti", ["jti": ""]),
            ("malformed_jti", ["jti": 1]), ("malformed_jti", ["jti": .string(String(repeating: "j", count: 257))]),
            ("missing_sub", ["sub": .none, "sid": .none]),
            ("malformed_sub", ["sub": ["user-1"]]), ("malformed_sub", ["sub": ""]), ("malformed_sid", ["sid": 5]),
            ("malformed_sid", ["sid": ""]), ("forbidden_nonce", ["nonce": "n-1"]),
            ("forbidden_nonce", ["nonce": .null]),
            ("forbidden_at_hash", ["at_hash": "x"]), ("forbidden_c_hash", ["c_hash": "x"]),
            ("missing_events", ["events": .none]), ("malformed_events", ["events": [.string(event)]]),
            ("malformed_events", ["events": .string(event)]), ("wrong_events", ["events": .object([:])]),
            ("malformed_events", ["events": .object([event: .null])]),
        ] as [(String, [String: JSONValue?])])
    func refusesAndNamesTheClaim(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(token(changes)) == code)
    }

    @Test(arguments: ["at+jwt", "dpop+jwt", "secevent+jwt", "client-authentication+jwt", "JOSE", ""])
    func refusesTheTypesOfOthers(_ type: String) throws {
        #expect(try refusal(token(type: type)) == "wrong_type")
    }

    @Test func takesTrustedAudiencesBesideTheClient() throws {
        var verifier = try verifier()
        verifier.trustedAudiences = ["another"]
        #expect(try refusal(token(["aud": ["another", "client-123"]]), by: verifier) == nil)
        #expect(try refusal(token(["aud": ["another"]]), by: verifier) == "wrong_aud")
    }

    @Test func grantsTheLeewayToTokensWithoutAnEnd() throws {
        let verifier = try verifier(leeway: 60)
        #expect(try refusal(token(["exp": .none, "iat": 1_759_999_640]), by: verifier) == nil)
        #expect(try refusal(token(["exp": .none, "iat": 1_759_999_639]), by: verifier) == "expired")
    }

    @Test func refusesAgainFromTheMomentItNamed() throws {
        let (verifier, token) = (try verifier(leeway: 60), try token(["exp": .none]))
        let end = try verifier.verify(token, at: TestIssuer.now).acceptableUntil
        #expect(throws: Never.self) { try verifier.verify(token, at: end.adding(seconds: -1)) }
        #expect(throws: TokenValidationError.self) { try verifier.verify(token, at: end) }
    }

    @Test func fetchesKeysAsForATokenFromOutside() async throws {
        let keys = RecordingKeys(issuer: issuer.issuer, later: try issuer.keys.current)
        let verifier = LogoutTokenVerifier(keys: keys, algorithms: [.rs256], clientID: issuer.clientID)
        let logout = try await verifier.verifyRefreshing(token(), at: TestIssuer.now)
        #expect(logout.jwtID == "j-1")
        #expect(keys.origins == [.outside])
    }

    private static let corpus = AttackCorpus.shared

    @Test(arguments: corpus.cases.filter { $0.profile == .logoutToken })
    func judgesTheCorpusAsDecided(_ attack: AttackCorpus.Case) throws {
        let refusal = Self.corpus.refusal(of: attack)
        #expect(
            attack.expected == .either || (refusal == nil) == (attack.expected == .accept),
            "\(attack.why): \(refusal.map { "\($0)" } ?? "accepted")")
        let spent = ProcessorTime.spent { _ = Self.corpus.refusal(of: attack) }
        #expect(spent < ProcessorTime.bound(milliseconds: 50))
    }

    @Test(arguments: corpus.cases.filter { $0.profile == .idToken })
    func takesNoIDTokenOfTheCorpus(_ attack: AttackCorpus.Case) {
        guard !attack.why.contains("logout token") else { return }
        #expect(Self.corpus.refusal(of: attack, as: .logoutToken) != nil)
    }

    @Test func knowsEveryCaseOfTheCorpus() {
        let expected = Self.corpus.cases.filter { $0.profile == .logoutToken }.map(\.expected)
        #expect(expected.count { $0 == .reject } == 28)
        #expect(expected.count { $0 == .accept } == 3)
        #expect(expected.count { $0 == .either } == 7)
    }
}
