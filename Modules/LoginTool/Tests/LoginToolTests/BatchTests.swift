import LoginToolCommands
import Testing
import WireFormats

@Suite struct BatchTests {
    let issuer: TestIssuer

    init() throws { issuer = try TestIssuer() }

    static func answer(_ id: JSONValue, error: String?) -> JSONValue {
        .object([
            "id": id, "verdict": error == nil ? "accept" : "reject", "error": error.map(JSONValue.string) ?? .null,
        ])
    }

    /// The error code of the answer to one line; `accept` if there is none.
    func verdict(_ line: String, options more: [String] = []) -> String? {
        let session = issuer.batch([line], options: more)
        guard session.status == .success, session.answers.count == 1 else { return nil }
        let answer = session.answers[0]?.objectValue
        return answer?["verdict"] == "accept" ? "accept" : answer?["error"]?.stringValue
    }

    @Test func answersEachLineInOrder() throws {
        let good = try issuer.token()
        let lines = [
            issuer.line(good, changing: ["id": "first"]), "no JSON\n", issuer.line("x", changing: ["id": "2"]), "\n",
            issuer.line(good, changing: ["id": 3, "jwks": "<html>"]),
            issuer.line(good, changing: ["id": "last", "more": [1]]),
        ]
        let session = issuer.batch(lines)
        #expect(session.status == .success)
        #expect(
            session.answers == [
                Self.answer("first", error: nil), Self.answer(.null, error: "malformed_line"),
                Self.answer("2", error: "malformed_token"),
                Self.answer(.null, error: "malformed_line"), Self.answer(3, error: "malformed_key_set"),
                Self.answer("last", error: nil),
            ])
        #expect(session.complaint == "")
    }

    @Test func answersBeforeItReadsOn() throws {
        var lines = try (1...3).map { id in issuer.line(try issuer.token(), changing: ["id": .number(JSONNumber(id))]) }
        var answered = 0
        var answeredAtRead: [Int] = []
        let source = OctetSource { _ in
            answeredAtRead.append(answered)
            return lines.isEmpty ? [] : Array(lines.removeFirst().utf8)
        }
        let session = Session(["token", "verify", "--batch", "-"] + issuer.options, reading: source) { _ in
            answered += 1
        }
        #expect(session.status == .success)
        #expect(answeredAtRead == [0, 1, 2, 3])
    }

    @Test(
        arguments: [
            ["id": nil], ["id": true], ["token": nil], ["token": 1], ["jwks": nil], ["jwks": ["keys": []]],
            ["profile": 1], ["alg": "ES256"], ["alg": [1]], ["max_age": "60"], ["max_age": -1], ["access_token": 5],
        ] as [JSONObject])
    func callsALineMalformedByItsMembers(_ changes: JSONObject) throws {
        #expect(verdict(issuer.line(try issuer.token(), changing: changes)) == "malformed_line")
    }

    @Test(arguments: ["[]", "1", "{", "{\"id\":1,\"id\":2}", "{\"id\":\"\\ud800\"}", "\u{FEFF}{}", "é"])
    func callsALineMalformedThatIsNoObject(_ line: String) {
        #expect(issuer.batch([line]).answers == [Self.answer(.null, error: "malformed_line")])
    }

    @Test(
        arguments: [
            ("id-token", "idtoken", nil), ("logout-token", "logout", "forbidden_nonce"),
            ("access-token", "accesstoken", "wrong_type"),
            ("access-token-auth0", "access-token-auth0", "forbidden_nonce"),
        ] as [(String, String, String?)])
    func takesTheProfileOfTheLine(_ name: String, short: String, error: String?) throws {
        for profile in [name, short] {
            let line = issuer.line(try issuer.token(), changing: ["profile": .string(profile)])
            #expect(verdict(line, options: ["--profile", "logout-token"]) == error ?? "accept")
        }
        #expect(verdict(issuer.line(try issuer.token(), changing: ["profile": "refresh"])) == "unknown_profile")
    }

    @Test func takesTheAlgorithmsOfTheLine() throws {
        let token = try issuer.token()
        #expect(
            verdict(issuer.line(token, changing: ["alg": ["RS256", "ES256"]]), options: ["--alg", "RS256"]) == "accept")
        #expect(verdict(issuer.line(token), options: ["--alg", "RS256"]) == "algorithm_not_accepted")
        #expect(verdict(issuer.line(token, changing: ["alg": ["RS256"]])) == "algorithm_not_accepted")
        #expect(verdict(issuer.line(token, changing: ["alg": []])) == "algorithm_not_accepted")
        #expect(verdict(issuer.line(token, changing: ["alg": ["none"]])) == "unknown_algorithm")
        #expect(verdict(issuer.line(token, changing: ["alg": ["ES256", "HS256"]])) == "mixed_algorithms")
        #expect(verdict(issuer.line(token, changing: ["alg": ["HS256"]])) == "algorithm_not_accepted")
    }

    @Test func takesTheKeySetOfTheCommandLineWhereTheLineHasNone() throws {
        let keySet = ["--jwks", issuer.keySetFile]
        #expect(verdict(issuer.line(try issuer.token(), changing: ["jwks": nil]), options: keySet) == "accept")
        #expect(
            verdict(issuer.line(try issuer.token(), changing: ["jwks": "{\"keys\":[]}"]), options: keySet)
                == "unknown_key")
    }

    @Test func judgesEachLineByItsOwnKeySetWhateverTheOneBeforeWas() throws {
        let token = try issuer.token()
        let other = issuer.line(token, changing: ["jwks": .string(try TestIssuer().keySet)])
        let broken = issuer.line(token, changing: ["jwks": "{"])
        let lines = [issuer.line(token), issuer.line(token), other, broken, broken, issuer.line(token), other]
        let codes = issuer.batch(lines).answers.map { $0?.objectValue?["error"]?.stringValue }
        #expect(
            codes == [nil, nil, "unknown_key", "malformed_key_set", "malformed_key_set", nil, "unknown_key"])
    }

    @Test func usesTheClientSecretForHMACAlone() throws {
        let secret = ["--client-secret-file", try issuer.folder.file("secret", text: HMACToken.secret)]
        let nonce = ["--nonce", HMACToken.nonce]
        let line = { (changes: JSONObject) in issuer.line(HMACToken.text, changing: changes) }
        #expect(verdict(line(["alg": ["HS256"], "jwks": nil]), options: secret + nonce) == "accept")
        #expect(verdict(line(["alg": ["HS512"]]), options: nonce + secret) == "weak_client_secret")
        #expect(verdict(line(["alg": ["HS256"]]), options: nonce) == "algorithm_not_accepted")
        #expect(verdict(line(["alg": ["RS256"]]), options: secret + nonce) == "algorithm_not_accepted")
        #expect(verdict(line(["alg": ["HS256", "RS256"]]), options: secret + nonce) == "mixed_algorithms")
        #expect(
            verdict(line(["alg": ["HS256"], "profile": "logout"]), options: secret + nonce) == "algorithm_not_accepted")
        #expect(verdict(issuer.line(try issuer.token()), options: secret) == "accept")
    }

    @Test func checksMaxAgeAndTheAccessTokenOfTheLine() throws {
        let old = try issuer.token(changing: [
            "auth_time": .number(JSONNumber(Int(Session.now) - 100)), "at_hash": "AA",
        ])
        #expect(verdict(issuer.line(old, changing: ["max_age": nil, "access_token": nil])) == "accept")
        #expect(verdict(issuer.line(old, changing: ["max_age": 30])) == "authentication_time")
        #expect(verdict(issuer.line(old, changing: ["max_age": 100])) == "accept")
        #expect(verdict(issuer.line(try issuer.token(), changing: ["max_age": 30])) == "missing_auth_time")
        #expect(verdict(issuer.line(old, changing: ["access_token": "secret"])) == "wrong_at_hash")
    }

    @Test func refusesAnIDTokenWithoutANonceToCompare() throws {
        let arguments = [
            "token", "verify", "--batch", "-", "--issuer", Session.issuer, "--client-id", Session.clientID, "--alg",
            "ES256",
        ]
        let logout = issuer.line(try issuer.logoutToken(), changing: ["profile": "logout-token"])
        let session = Session(arguments, input: issuer.line(try issuer.token()) + logout)
        #expect(session.answers == [Self.answer(1, error: "nonce_not_given"), Self.answer(1, error: nil)])
    }

    @Test func refusesTokensThatAreTooLong() throws {
        let lengths = [70_000, 1_400_000]
        for length in lengths {
            #expect(verdict(issuer.line(String(repeating: ".", count: length))) == "token_too_long")
        }
    }

    @Test(arguments: [(0, "accept"), (1, "line_too_long")])
    func answersALineThatIsTooLongAndGoesOn(_ more: Int, expected: String) throws {
        let line = issuer.line(try issuer.token())
        let padding = String(repeating: " ", count: 4_194_304 - (line.utf8.count - 1) + more)
        let session = issuer.batch([padding + line, issuer.line(try issuer.token(), changing: ["id": 2])])
        let first = expected == "accept" ? Self.answer(1, error: nil) : Self.answer(.null, error: expected)
        #expect(session.answers == [first, Self.answer(2, error: nil)])
    }

    @Test func takesALastLineWithoutLineFeedAndLinesWithCarriageReturns() throws {
        let line = String(issuer.line(try issuer.token()).dropLast())
        let session = issuer.batch([line + "\r\n", line])
        #expect(session.answers == [Self.answer(1, error: nil), Self.answer(1, error: nil)])
    }

    @Test func endsWithNothingToSayAboutAnEmptyBatch() {
        let session = issuer.batch([])
        #expect(session.status == .success && session.output == "")
    }

    @Test func saysThatTheBatchCannotBeRead() {
        let arguments = ["token", "verify", "--batch", "no/such/file"] + issuer.options
        let session = Session(arguments)
        #expect(session.status == .misused)
        #expect(session.complaint.contains("no/such/file"))
    }
}
