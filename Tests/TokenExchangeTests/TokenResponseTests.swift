import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

struct TokenResponseTests {
    private func response(_ members: String) -> String { #"{"access_token":"at","token_type":"Bearer"\#(members)}"# }

    @Test func readsAFullAnswer() async throws {
        let tokens = try await TokenFixture.tokens(
            response(
                #","expires_in":300,"refresh_token":"rt","id_token":"a.b.c","scope":"openid email","created_at":1"#))
        #expect(tokens.accessToken?.exposedText == "at")
        #expect(tokens.refreshToken?.exposedText == "rt")
        #expect(tokens.idToken?.exposedText == "a.b.c")
        #expect(tokens.scope == (try Scope("openid email")))
        #expect(tokens.receivedAt.seconds == 1_800_000_000)
        #expect(tokens.expiresAt?.seconds == 1_800_000_300)
    }

    @Test(arguments: ["Bearer", "bearer", "BEARER", "bEaReR"])
    func comparesTheTokenTypeWithoutCase(_ type: String) async throws {
        let tokens = try await TokenFixture.tokens(#"{"access_token":"at","token_type":"\#(type)"}"#)
        #expect(tokens.tokenType == .bearer)
    }

    @Test(arguments: ["mac", "DPoP", "N_A", "Bearer ", "Bearerr"])
    func refusesOtherTokenTypes(_ type: String) async throws {
        let body = #"{"access_token":"at","token_type":"\#(type)"}"#
        #expect(try await TokenFixture.refusal(of: .json(body))?.code == "token_type_unsupported")
    }

    @Test(
        arguments: [
            ("", nil), (#","expires_in":null"#, nil), (#","expires_in":3600"#, 3600), (#","expires_in":59.9"#, 59),
            (#","expires_in":1e2"#, 100), (#","expires_in":0"#, 0), (#","expires_in":-5"#, 0),
            (#","expires_in":-1e300"#, 0),
            (#","expires_in":1e300"#, 315_360_000), (#","expires_in":1e999"#, 315_360_000),
            (#","expires_in":-1e999"#, 0),
            (#","expires_in":99999999999999999999"#, 315_360_000),
        ] as [(String, Int64?)])
    func readsEveryLifetimeWithoutTrapping(_ member: String, expected: Int64?) async throws {
        let tokens = try await TokenFixture.tokens(response(member))
        #expect(tokens.expiresAt.map { $0.seconds - 1_800_000_000 } == expected)
    }

    /// Entra's older endpoint and others behind it write "3599".
    @Test(
        arguments: [
            (#""3600""#, 3600), (#""59.9""#, 59), (#""-5""#, 0), (#""1e999""#, 315_360_000),
        ] as [(String, Int64)])
    func readsALifetimeInQuotes(_ value: String, expected: Int64) async throws {
        let tokens = try await TokenFixture.tokens(response(#","expires_in":\#(value)"#))
        #expect(tokens.expiresAt.map { $0.seconds - 1_800_000_000 } == expected)
        #expect(notes(tokens) == ["token_response expires_in: a number in quotes"])
    }

    @Test(arguments: ["true", "[]", "{}", #""soon""#, #"" 3600""#, #""3600s""#, #""0x10""#, #""NaN""#, #""inf""#])
    func leavesALifetimeOutThatIsNoNumber(_ value: String) async throws {
        let tokens = try await TokenFixture.tokens(response(#","expires_in":\#(value)"#))
        #expect(tokens.accessToken?.exposedText == "at")
        #expect(tokens.expiresAt == nil)
        #expect(notes(tokens) == ["token_response expires_in: not a number, left out"])
    }

    /// Azure AD B2C issues no access token where only OpenID scopes are asked for.
    @Test(arguments: [
        #"{"id_token":"a.b.c","token_type":"Bearer"}"#, #"{"id_token":"a.b.c","access_token":null}"#,
        #"{"id_token":"a.b.c","access_token":"","token_type":"N_A"}"#,
    ])
    func takesAnIDTokenAlone(_ body: String) async throws {
        let tokens = try await TokenFixture.tokens(body)
        #expect(tokens.accessToken == nil)
        #expect(tokens.idToken?.exposedText == "a.b.c")
        #expect(notes(tokens).contains("token_response access_token: missing beside an ID token"))
    }

    @Test(arguments: [
        #"{"token_type":"Bearer"}"#, #"{"access_token":"","token_type":"Bearer"}"#, "{}",
        #"{"access_token":null,"id_token":null}"#, #"{"refresh_token":"rt"}"#,
    ])
    func refusesAnswersWithoutAnyToken(_ body: String) async throws {
        let refusal = try await TokenFixture.refusal(of: .json(body))
        #expect(malformedPart(refusal) == .tokens)
        #expect(refusal?.description.contains("'access_token'") == true)
        #expect(refusal?.description.contains("'id_token'") == true)
    }

    @Test(arguments: ["1", #"["at"]"#, #""a\r\nb""#, #""é""#, "{}", "true"])
    func neverReadsATokenThatSecurityRestsOnInAnotherForm(_ value: String) async throws {
        let access = #"{"access_token":\#(value),"id_token":"a.b.c","token_type":"Bearer"}"#
        #expect(malformedPart(try await TokenFixture.refusal(of: .json(access))) == .accessToken)
        let id = #"{"access_token":"at","id_token":\#(value),"token_type":"Bearer"}"#
        #expect(malformedPart(try await TokenFixture.refusal(of: .json(id))) == .idToken)
    }

    @Test(arguments: ["1", #"["rt"]"#, #""a\r\nb""#, #""é""#])
    func leavesARefreshTokenOutThatNobodyCouldSend(_ value: String) async throws {
        let tokens = try await TokenFixture.tokens(response(#","refresh_token":\#(value)"#))
        #expect(tokens.refreshToken == nil)
        #expect(notes(tokens) == ["token_response refresh_token: not printable ASCII, left out"])
    }

    @Test(arguments: ["", #","token_type":null"#, #","token_type":"""#])
    func takesAMissingTokenTypeForBearer(_ member: String) async throws {
        let tokens = try await TokenFixture.tokens(#"{"access_token":"at"\#(member)}"#)
        #expect(tokens.tokenType == .bearer)
        #expect(notes(tokens).contains("token_response token_type: missing, taken for Bearer"))
    }

    /// Twitch answers the scope as an array.
    @Test(
        arguments: [
            (#"["openid","email"]"#, "openid email"), (#"["openid email"]"#, "openid email"), ("[]", ""),
        ])
    func readsAnArrayOfScopeValues(_ value: String, expected: String) async throws {
        let tokens = try await TokenFixture.tokens(response(#","scope":\#(value)"#))
        #expect(tokens.scope == (try Scope(expected)))
        #expect(notes(tokens) == ["token_response scope: an array instead of a text"])
    }

    @Test(arguments: [#""a\"b""#, "1", #"["a",1]"#, #"["é"]"#, "{}", "true"])
    func leavesAScopeOutThatIsNoList(_ value: String) async throws {
        let tokens = try await TokenFixture.tokens(response(#","scope":\#(value)"#))
        #expect(tokens.scope == nil)
        #expect(notes(tokens) == ["token_response scope: not a list of scope values, left out"])
    }

    @Test func notesNothingAboutAnAnswerByTheBook() async throws {
        let tokens = try await TokenFixture.tokens(response(#","expires_in":60,"scope":"a b","x":null"#))
        #expect(tokens.deviations.isEmpty)
    }

    @Test(arguments: [
        ("token_type", #"{"access_token":"at","token_type":1}"#, TokenEndpointError.Part.tokenType),
        ("id_token", #"{"access_token":"at","token_type":"Bearer","id_token":{}}"#, .idToken),
        ("error", #"{"access_token":"at","token_type":"Bearer","error":1}"#, .error),
    ])
    func namesTheMemberThatIsWrong(_ name: String, body: String, part: TokenEndpointError.Part) async throws {
        let refusal = try await TokenFixture.refusal(of: .json(body))
        #expect(malformedPart(refusal) == part)
        #expect(refusal?.description.contains(name) == true)
    }

    @Test func tellsAMissingScopeFromAnEmptyOne() async throws {
        #expect(try await TokenFixture.tokens(response("")).scope == nil)
        #expect(try await TokenFixture.tokens(response(#","scope":null"#)).scope == nil)
        #expect(try await TokenFixture.tokens(response(#","scope":"""#)).scope?.isEmpty == true)
    }

    @Test func takesEmptyOptionalTokensForMissing() async throws {
        let tokens = try await TokenFixture.tokens(response(#","refresh_token":"","id_token":null"#))
        #expect(tokens.refreshToken == nil)
        #expect(tokens.idToken == nil)
    }

    @Test(arguments: [
        "", "null", "[]", "\"x\"", "{", "{} x", "\u{FEFF}\u{FEFF}{}", "\u{FEFF}", " \u{FEFF}{}",
        #"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#,
        String(repeating: "[", count: 100_000),
    ])
    func refusesWhatIsNotOneStrictObject(_ body: String) async throws {
        #expect(malformedPart(try await TokenFixture.refusal(of: .json(body))) == .body)
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json;charset=UTF-8", "application/json ; charset=utf-8",
    ])
    func acceptsJSONWhateverItsParameters(_ type: String) async throws {
        #expect(try await TokenFixture.refusal(of: .json(TokenFixture.success, type: type)) == nil)
    }

    @Test(arguments: [
        "text/plain; charset=utf-8", "application/jsonx", "application/problem+json", "", "application/octet-stream",
    ])
    func readsJSONUnderAnotherType(_ type: String) async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success, type: type))
        let tokens = try await TokenFixture.endpoint(transport).requestTokens(for: TokenFixture.grant())
        #expect(notes(tokens) == ["token_response Content-Type: another media type than JSON's"])
    }

    @Test func readsJSONWithoutATypeOrWithTwo() async throws {
        var answer = TransportResponse.json(TokenFixture.success, fields: [("content-type", "application/json")])
        #expect(try await TokenFixture.refusal(of: answer) == nil)
        answer.fields = []
        #expect(try await TokenFixture.refusal(of: answer) == nil)
    }

    @Test(arguments: [
        (TokenFixture.success, "text/html; charset=utf-8", "text/html"),
        (TokenFixture.success, "Application/XHTML+xml", "application/xhtml+xml"),
        ("Sign in", "text/plain", "text/plain"), ("", "", ""), ("no json", "text/<b>\u{E9}", "text/<b>"),
    ])
    func namesTheTypeOfWhatIsNoJSON(_ body: String, type: String, shown: String) async throws {
        let refusal = try await TokenFixture.refusal(of: .json(body, type: type))
        guard case .contentType(shown) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(refusal?.description.contains("'token_endpoint'") == true)
    }

    @Test func skipsOneByteOrderMark() async throws {
        let tokens = try await TokenFixture.tokens("\u{FEFF}" + TokenFixture.success)
        #expect(tokens.accessToken?.exposedText == "at")
        #expect(notes(tokens) == ["token_response: a byte order mark at the beginning"])
    }

    @Test(arguments: [201, 202, 203, 226, 299])
    func takesTokensWithAnySuccess(_ status: Int) async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success, status: status))
        let tokens = try await TokenFixture.endpoint(transport).requestTokens(for: TokenFixture.grant())
        #expect(notes(tokens) == ["token_response: a success with a status other than 200"])
    }

    /// A transport that does not decode hands the octets over as they came.
    @Test(arguments: ["gzip", "br", "gzip, gzip"])
    func namesTheCodingOfAnAnswerThatWasNotDecoded(_ coding: String) async throws {
        var answer = TransportResponse.json(TokenFixture.success, fields: [("Content-Encoding", coding)])
        answer.body = [0x1F, 0x8B, 0x08, 0x00]
        let refusal = try await TokenFixture.refusal(of: answer)
        guard case .transport(TransportError(.contentCoding(coding), sent: .maybe)) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(refusal?.description.contains("'\(coding)'") == true)
        answer.status = 503
        guard case .status(503) = try await TokenFixture.refusal(of: answer) else {
            Issue.record("the status is lost")
            return
        }
    }

    @Test func notesACodingThatTheTransportHasUndone() async throws {
        let answer = TransportResponse.json(TokenFixture.success, fields: [("Content-Encoding", "gzip")])
        let tokens = try await TokenFixture.endpoint(ScriptedTransport(answer)).requestTokens(for: TokenFixture.grant())
        #expect(notes(tokens) == ["token_response: a content coding although 'identity' was requested"])
        let plain = TransportResponse.json(TokenFixture.success, fields: [("Content-Encoding", "identity")])
        let others = try await TokenFixture.endpoint(ScriptedTransport(plain)).requestTokens(for: TokenFixture.grant())
        #expect(others.deviations.isEmpty)
    }

    @Test(arguments: [(200, "invalid_grant"), (400, "invalid_grant"), (401, "invalid_client"), (403, "invalid_code")])
    func reportsErrorsWhateverTheStatus(_ status: Int, code: String) async throws {
        let body = #"{"error":"\#(code)","access_token":"at","token_type":"Bearer"}"#
        guard case .rejected(let response, status) = try await TokenFixture.refusal(of: .json(body, status: status))
        else {
            Issue.record("not rejected")
            return
        }
        #expect(response.error == code)
    }

    /// kanidm answers errors as text/plain.
    @Test(arguments: ["text/plain", "", "text/html", "application/problem+json"], [400, 200])
    func readsAnErrorUnderAnyType(_ type: String, status: Int) async throws {
        let answer = TransportResponse.json("\u{FEFF}" + #"{"error":"invalid_grant"}"#, status: status, type: type)
        guard case .rejected(let response, status) = try await TokenFixture.refusal(of: answer) else {
            Issue.record("not rejected")
            return
        }
        #expect(response.error == "invalid_grant")
    }

    @Test(arguments: ["null", "\"\""]) func takesAnErrorWithoutATextForNone(_ value: String) async throws {
        #expect(try await TokenFixture.tokens(response(#","error":\#(value)"#)).accessToken?.exposedText == "at")
    }

    @Test(arguments: [
        TransportResponse.json("<h1>s3cret</h1>", status: 400, type: "text/html"), .json(#"{"error":1}"#, status: 400),
        .json("{}", status: 500), .json(TokenFixture.success, status: 204), .json("", status: 204),
        .json(TokenFixture.success, status: 205), .json(TokenFixture.success, status: 206),
        .json(TokenFixture.success, status: 400), .json(#"{"error":""}"#, status: 400),
    ])
    func reportsTheStatusOfAnUnreadableError(_ response: TransportResponse) async throws {
        guard case .status(response.status) = try await TokenFixture.refusal(of: response) else {
            Issue.record("not a status")
            return
        }
    }

    /// AD FS and Entra tell the cause in the description alone.
    @Test func hasTheServersWordsForTheOperator() async throws {
        let body = #"""
            {"error":"invalid_client","error_description":"MSIS9623: Received \"invalid\"\r\nClient credentials.",
            "error_uri":"https://login.example/help/MSIS9623"}
            """#
        let refusal = try #require(try await TokenFixture.refusal(of: .json(body, status: 400)))
        #expect(
            refusal.description == "the token endpoint answered invalid_client (the provider's words: "
                + "'MSIS9623: Received invalidClient credentials.'), see 'https://login.example/help/MSIS9623' (400)")
    }

    @Test(arguments: ["1", "{}", "[]", "null"])
    func losesNothingButADescriptionOfTheWrongType(_ value: String) async throws {
        let body = #"{"error":"invalid_grant","error_description":\#(value),"error_uri":\#(value)}"#
        guard case .rejected(let response, _) = try await TokenFixture.refusal(of: .json(body, status: 400)) else {
            Issue.record("not rejected")
            return
        }
        #expect(response == OAuthErrorResponse(error: "invalid_grant"))
    }

    /// The fixture's secret is "pa ss", its code "c0de+/=", its verifier "verifier".
    @Test(arguments: [
        "pa ss", "pa%20ss", "pa+ss", "c0de+/=", "c0de%2B%2F%3D", "verifier", "c2hvcDpwYSUyMHNz",
        "Basic c2hvcDpwYSUyMHNz",
    ])
    func neverRepeatsWhatTheRequestHeldInConfidence(_ secret: String) async throws {
        let words = "you sent <\(secret)>, twice: \(secret)"
        let body = #"{"error":"Bad \#(secret)","error_description":"\#(words)","error_uri":"x:\#(secret)"}"#
        let refusal = try #require(try await TokenFixture.refusal(of: .json(body, status: 401)))
        #expect(!"\(refusal) \(String(reflecting: refusal))".contains(secret))
        #expect(refusal.description.contains("you sent <[...]>, twice: [...]"))
    }

    /// Go's `%q` and others write a secret with escapes; lines are wrapped; octets are taken for another encoding.
    @Test(arguments: [
        (#"pa"ss\word"#, #"pa\"ss\\word"#), ("p\u{E4}ssw0rd", "p\u{C3}\u{A4}ssw0rd"), ("passw0rd", "pass\r\nw0rd"),
        ("passw0rd", "pass\u{200B}w0rd"),
    ])
    func findsASecretThatCharactersStandInWhichAreNotShown(_ secret: String, written: String) async throws {
        let words = JSONWriter.text(
            ["error": "invalid_client", "error_description": .string("got <\(written)>")] as JSONObject)
        let endpoint = try TokenFixture.endpoint(
            ScriptedTransport(.json(words, status: 401)), authentication: .clientSecretPost(ClientSecret(secret)))
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: { error in
            (error as? TokenEndpointError)?.description.contains("(the provider's words: 'got <[...]>')") == true
        }
    }

    /// A provider that repeats the secret without end is read so far and no further.
    @Test(arguments: ["passw0rd", "a" + String(repeating: "b", count: 2_000)], [0, 1, 255, 256, 2_040, 2_047, 2_048])
    func hidesSecretsThatOverlapOrBreakOff(_ secret: String, lead: Int) async throws {
        let text = String(repeating: "-", count: lead) + String(repeating: secret, count: 1_000_000 / secret.utf8.count)
        let endpoint = try TokenFixture.endpoint(
            ScriptedTransport(.json(#"{"error":"x","error_description":"\#(text)"}"#, status: 400)),
            authentication: .clientSecretPost(ClientSecret(secret)))
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: { error in
            guard case .rejected(let response, _) = error as? TokenEndpointError else { return false }
            return response.errorDescription?.contains(secret.prefix(2)) == false
        }
    }

    @Test func keepsAnErrorCodeThatIsTheSecretToo() async throws {
        let endpoint = try TokenFixture.endpoint(
            ScriptedTransport(.json(#"{"error":"invalid_grant"}"#, status: 400)),
            authentication: .clientSecretPost(ClientSecret("grant")))
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: { error in
            guard case .rejected(let response, _) = error as? TokenEndpointError else { return false }
            return response.error == "invalid_grant"
        }
    }

    private func notes(_ tokens: TokenSet) -> [String] { tokens.deviations.map(\.description) }

    private func malformedPart(_ error: TokenEndpointError?) -> TokenEndpointError.Part? {
        guard case .malformed(let part) = error else { return nil }
        return part
    }
}
