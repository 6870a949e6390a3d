import OAuthTypes
import TestSupport
import Testing
import TokenExchange

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

    @Test(arguments: ["mac", "DPoP", "N_A", "", "Bearer ", "Bearerr"])
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
    func readsEveryLifetimeWithoutTrapping(_ member: String, _ expected: Int64?) async throws {
        let tokens = try await TokenFixture.tokens(response(member))
        #expect(tokens.expiresAt.map { $0.seconds - 1_800_000_000 } == expected)
    }

    @Test(arguments: [(#""3600""#), "true", "[]", "{}"])
    func refusesLifetimesThatAreNoNumbers(_ value: String) async throws {
        let refusal = try await TokenFixture.refusal(of: .json(response(#","expires_in":\#(value)"#)))
        #expect(malformedPart(refusal) == .expiresIn)
    }

    @Test(arguments: [
        #"{"token_type":"Bearer"}"#, #"{"access_token":"","token_type":"Bearer"}"#,
        #"{"access_token":null,"token_type":"Bearer"}"#, #"{"access_token":1,"token_type":"Bearer"}"#,
        #"{"access_token":["at"],"token_type":"Bearer"}"#, #"{"access_token":"a\r\nb","token_type":"Bearer"}"#,
        #"{"access_token":"é","token_type":"Bearer"}"#,
    ])
    func refusesAnswersWithoutAUsableAccessToken(_ body: String) async throws {
        #expect(malformedPart(try await TokenFixture.refusal(of: .json(body))) == .accessToken)
    }

    @Test(arguments: [
        ("token_type", #"{"access_token":"at"}"#, TokenEndpointError.Part.tokenType),
        ("token_type", #"{"access_token":"at","token_type":1}"#, .tokenType),
        ("refresh_token", #"{"access_token":"at","token_type":"Bearer","refresh_token":1}"#, .refreshToken),
        ("id_token", #"{"access_token":"at","token_type":"Bearer","id_token":{}}"#, .idToken),
        ("scope", #"{"access_token":"at","token_type":"Bearer","scope":["a"]}"#, .scope),
        ("scope", #"{"access_token":"at","token_type":"Bearer","scope":"a\"b"}"#, .scope),
        ("error", #"{"access_token":"at","token_type":"Bearer","error":1}"#, .error),
    ])
    func namesTheMemberThatIsWrong(_ name: String, _ body: String, _ part: TokenEndpointError.Part) async throws {
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
        "", "null", "[]", "\"x\"", "{", "{} x", "\u{FEFF}{}",
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
        ("text/html", "text/html"), ("text/plain; charset=utf-8", "text/plain"),
        ("application/jsonx", "application/jsonx"),
        ("application/problem+json", "application/problem+json"), ("", ""), ("text/<b>\u{E9}", "text/<b>"),
    ])
    func namesTheTypeThatCameInstead(_ type: String, _ shown: String) async throws {
        let refusal = try await TokenFixture.refusal(of: .json(TokenFixture.success, type: type))
        guard case .contentType(shown) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test func refusesAnAnswerWithTwoTypes() async throws {
        let answer = TransportResponse.json(TokenFixture.success, fields: [("content-type", "application/json")])
        #expect(try await TokenFixture.refusal(of: answer)?.code == "token_content_type")
        var untyped = answer
        untyped.fields = []
        #expect(try await TokenFixture.refusal(of: untyped)?.code == "token_content_type")
    }

    @Test(arguments: [(200, "invalid_grant"), (400, "invalid_grant"), (401, "invalid_client"), (403, "invalid_code")])
    func reportsErrorsWhateverTheStatus(_ status: Int, _ code: String) async throws {
        let body = #"{"error":"\#(code)","access_token":"at","token_type":"Bearer"}"#
        guard case .rejected(let response, status) = try await TokenFixture.refusal(of: .json(body, status: status))
        else {
            Issue.record("not rejected")
            return
        }
        #expect(response.code == code)
    }

    @Test(arguments: [
        TransportResponse.json("<h1>s3cret</h1>", status: 400, type: "text/html"), .json(#"{"error":1}"#, status: 400),
        .json("{}", status: 500), .json(TokenFixture.success, status: 201), .json("", status: 204),
    ])
    func reportsTheStatusOfAnUnreadableError(_ response: TransportResponse) async throws {
        guard case .status(response.status) = try await TokenFixture.refusal(of: response) else {
            Issue.record("not a status")
            return
        }
    }

    @Test func neverRepeatsWhatTheServerWrote() async throws {
        let body = #"{"error":"invalid_client","error_description":"client secret s3cret is wrong"}"#
        let refusal = try #require(try await TokenFixture.refusal(of: .json(body, status: 401)))
        #expect(!"\(refusal) \(String(reflecting: refusal))".contains("s3cret"))
        #expect(refusal.description.contains("invalid_client"))
    }

    private func malformedPart(_ error: TokenEndpointError?) -> TokenEndpointError.Part? {
        guard case .malformed(let part) = error else { return nil }
        return part
    }
}
