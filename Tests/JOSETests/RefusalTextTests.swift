import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// What a refusal tells the operator who has to fix it: the decisive values, unless they are secret.
@Suite struct RefusalTextTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(
        of token: RawIDToken, expecting expectations: IDTokenExpectations? = nil
    ) throws -> TokenValidationError {
        try #require(throws: TokenValidationError.self) {
            try issuer.verifier.verify(token, expecting: expectations ?? issuer.expectations(), at: TestIssuer.now)
        }
    }

    private func text(_ changes: [String: JSONValue?], expecting expectations: IDTokenExpectations? = nil) throws
        -> String
    {
        "\(try refusal(of: issuer.idToken(changes), expecting: expectations))"
    }

    @Test func showsPartiesThatWereExpectedAndFound() throws {
        #expect(
            try text(["iss": "https://issuer.example/"]).hasSuffix(
                "the claim iss has not the expected value: expected 'https://issuer.example', found "
                    + "'https://issuer.example/'"))
        #expect(try text(["aud": "other"]).hasSuffix("expected 'client-123', found 'other'"))
        #expect(try text(["aud": []]).hasSuffix("expected 'client-123', found nothing"))
        #expect(
            try text(["aud": ["client-123", "a", "b"]]).hasSuffix(
                "expected 'client-123', found 'client-123', 'a' and 'b'"))
        #expect(
            try text(["azp": "other"]).hasSuffix("azp has not the expected value: expected 'client-123', found 'other'")
        )
    }

    @Test func showsAlgorithmsAndTypesThatWereExpectedAndFound() throws {
        func header(_ header: JSONObject) throws -> String {
            let payload = JSONWriter.bytes(issuer.claims())
            return "\(try refusal(of: RawIDToken(issuer.key.signed(header: header, payload: payload).exposedText)))"
        }
        #expect(try header(["alg": "ES256"]).hasSuffix("expected 'RS256', found 'ES256'"))
        #expect(try header(["alg": "HS256"]).hasSuffix("expected 'RS256', found 'HS256'"))
        #expect(try header(["alg": "none"]).hasSuffix("expected 'RS256', found 'none'"))
        #expect(try header(["alg": "RS256", "typ": "at+jwt"]).hasSuffix("expected 'JWT', found 'at+jwt'"))
        #expect(try header(["alg": "RS256", "typ": "ID+JWT"]).hasSuffix("expected 'JWT', found 'ID+JWT'"))
    }

    @Test func showsWhatTheClientSecretWouldHaveVerified() throws {
        let verifier = try ClientSecretIDTokenVerifier(
            secret: ClientSecret("a secret of at least thirty-two octets"), algorithm: .hs256, issuer: issuer.issuer)
        let error = try #require(throws: TokenValidationError.self) {
            try verifier.verify(issuer.idToken(), expecting: issuer.expectations(), at: TestIssuer.now)
        }
        #expect("\(error)".contains("expected 'HS256', found 'RS256'"))
    }

    @Test func cleansAndCutsForeignText() throws {
        #expect(
            try text(["iss": "https://\u{456}ssuer.example\n\u{1B}[31m\u{7F}"]).hasSuffix(
                "found 'https://?ssuer.example??[31m?'"))
        let long = try text(["iss": .string(String(repeating: "a", count: 30_000))])
        #expect(long.utf8.count < 400 && long.hasSuffix("aaa...'"))
        let combining = try text(["iss": .string("x" + String(repeating: "\u{301}", count: 20_000))])
        #expect(combining.utf8.count < 400)
        let many = try text(["aud": .array(Array(repeating: "b", count: 5_000))])
        #expect(many.hasSuffix("found 'b', 'b', 'b' and 'b' and 4996 more"))
        let payload = JSONWriter.bytes(issuer.claims())
        let name = String(repeating: "\u{202E}R", count: 2_000)
        let token = try issuer.key.signed(header: ["alg": .string(name)], payload: payload).exposedText
        let error = "\(try refusal(of: RawIDToken(token)))"
        #expect(error.utf8.count < 400 && error.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test(
        arguments: [
            (["exp": 1_759_999_895], 60, "expired (exp) 105 s ago (clocks may differ by 60 s)"),
            (["exp": 1_760_000_000], 0, "expired (exp) 0 s ago (clocks may differ by 0 s)"),
            (["iat": 1_760_000_105], 60, "issued (iat) 105 s in the future (clocks may differ by 60 s)"),
            (["nbf": 1_760_003_600], 60, "valid (nbf) only 3600 s from now (clocks may differ by 60 s)"),
            (["exp": 0], 60, "expired (exp) 1760000000 s ago (clocks may differ by 60 s)"),
        ] as [([String: JSONValue?], Int64, String)])
    func tellsTheSkewInSeconds(_ changes: [String: JSONValue?], leeway: Int64, text: String) throws {
        var expectations = issuer.expectations()
        expectations.leeway = ClockLeeway(seconds: leeway)
        #expect(try self.text(changes, expecting: expectations).contains(text))
    }

    @Test func tellsHowLongAgoTheAuthenticationWas() throws {
        let expectations = issuer.expectations(maxAge: 60)
        #expect(
            try text(["auth_time": 1_759_999_900], expecting: expectations).hasSuffix(
                "the user authenticated (auth_time) 100 s ago, and max_age allows 60 s"))
        #expect(try text(["auth_time": 1_760_000_090], expecting: expectations).contains("lies 90 s in the future"))
    }

    @Test(arguments: [UnixTime.distantPast, .distantFuture])
    func tellsTheSkewOfAnyClock(_ now: UnixTime) throws {
        let token = try issuer.idToken(["auth_time": 0])
        let error = try #require(throws: TokenValidationError.self) {
            try issuer.verifier.verify(token, expecting: issuer.expectations(maxAge: 60), at: now)
        }
        #expect("\(error)".contains(" s "))
    }

    @Test(arguments: [
        "a.b.c.d.e", "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d", "eyJhbGciOiJkaXIifQ..b.c.d", "....",
    ])
    func callsFiveSegmentsEncryptedAndSaysWhatToDo(_ text: String) throws {
        let error = try refusal(of: RawIDToken(text))
        #expect(error.code == "encrypted")
        #expect("\(error)".contains("JWE") && "\(error)".contains("at the provider, turn the encryption"))
    }

    @Test(arguments: ["a.b.c.d", "a.b.c.d.e.f", "a.b", "....."])
    func callsNoOtherNumberOfSegmentsEncrypted(_ text: String) throws {
        #expect(try refusal(of: RawIDToken(text)).code.hasPrefix("malformed_"))
    }
}
