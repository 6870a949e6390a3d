import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct TokenTests {
    @Test(
        arguments: [
            ["code_verifier": String(repeating: "w", count: 43)], ["redirect_uri": "http://localhost:3000/other"],
            ["code": "unknown"],
        ] as [[String: String?]])
    func refusesACodeThatDoesNotFit(_ changes: [String: String?]) async throws {
        let fixture = try Fixture()
        let answer = await fixture.requestTokens(for: try await fixture.code(), changing: changes)
        #expect(answer.status == 400)
        #expect(answer.error == "invalid_grant")
    }

    @Test(
        arguments: [
            (["grant_type": nil], "invalid_request"), (["grant_type": "password"], "unsupported_grant_type"),
            (["code": nil], "invalid_request"), (["redirect_uri": nil], "invalid_request"),
            (["code_verifier": nil], "invalid_request"), (["code_verifier": "short"], "invalid_request"),
        ] as [([String: String?], String)])
    func namesWhatIsMissing(_ changes: [String: String?], error: String) async throws {
        let fixture = try Fixture()
        let answer = await fixture.requestTokens(for: try await fixture.code(), changing: changes)
        #expect(answer.status == 400)
        #expect(answer.error == error)
    }

    @Test func usesACodeUpEvenWhenItIsPresentedWrongly() async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        _ = await fixture.requestTokens(for: code, changing: ["code_verifier": String(repeating: "w", count: 43)])
        #expect(await fixture.requestTokens(for: code).error == "invalid_grant")
    }

    @Test func refusesAnotherClientsCodeAndLeavesItToItsOwner() async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        let stolen = await fixture.post(
            "/token", form: Fixture.codeForm(code), authorization: Fixture.basic("other-app", secret: "other secret"))
        #expect(stolen.error == "invalid_grant")
        #expect(await fixture.requestTokens(for: code).status == 200)
    }

    @Test func refusesAnExpiredCode() async throws {
        let fixture = try Fixture()
        let (late, early) = (try await fixture.code(), try await fixture.code())
        fixture.clock.advance(seconds: 59)
        #expect(await fixture.requestTokens(for: early).status == 200)
        fixture.clock.advance(seconds: 1)
        #expect(await fixture.requestTokens(for: late).error == "invalid_grant")
    }

    // RFC 6749 §4.1.2
    @Test func revokesEverythingWhenACodeIsUsedTwice() async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        let tokens = try await fixture.requestTokens(for: code).json
        #expect(await fixture.userInfo(try tokens.text("access_token")).status == 200)
        #expect(await fixture.requestTokens(for: code).error == "invalid_grant")
        #expect(await fixture.userInfo(try tokens.text("access_token")).status == 401)
        #expect(await fixture.refresh(try tokens.text("refresh_token")).error == "invalid_grant")
    }

    @Test func givesTokensOnceWhenACodeIsUsedByManyAtOnce() async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { await fixture.requestTokens(for: code).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } <= 1)
        #expect(statuses.allSatisfy { $0 == 200 || $0 == 400 })
    }

    @Test(arguments: [
        Fixture.basic("web-app", secret: "wrong"), Fixture.basic("nobody"), Fixture.basic("web-app", secret: ""), nil,
        HeaderField("Authorization", "Basic !!!"), HeaderField("Authorization", "Bearer abc"),
        HeaderField("Authorization", "Basic"),
    ])
    func refusesAClientThatDoesNotProveItself(_ authorization: HeaderField?) async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        let answer = await fixture.post("/token", form: Fixture.codeForm(code), authorization: authorization)
        #expect(answer.status == 401)
        #expect(answer.error == "invalid_client")
        #expect(answer.field("WWW-Authenticate")?.hasPrefix("Basic ") == true)
        #expect(await fixture.requestTokens(for: code).status == 200)
    }

    // RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
    @Test func wantsBasicCredentialsFormEncoded() async throws {
        let fixture = try Fixture()
        let raw = HeaderField("Authorization", "Basic " + Base64.encode(Array("web-app:\(Fixture.secret)".utf8)))
        let answer = await fixture.post("/token", form: Fixture.codeForm(try await fixture.code()), authorization: raw)
        #expect(answer.status == 401)
    }

    @Test func takesTheSecretInTheBody() async throws {
        let fixture = try Fixture()
        let form = Fixture.codeForm(
            try await fixture.code(), changing: ["client_id": "web-app", "client_secret": Fixture.secret])
        #expect(await fixture.post("/token", form: form, authorization: nil).status == 200)
    }

    @Test func refusesTwoWaysOfAuthenticating() async throws {
        let fixture = try Fixture()
        let code = try await fixture.code()
        let both = await fixture.requestTokens(
            for: code, changing: ["client_id": "web-app", "client_secret": Fixture.secret])
        #expect(both.status == 400)
        #expect(both.error == "invalid_request")
        #expect(await fixture.requestTokens(for: code, changing: ["client_id": "other-app"]).error == "invalid_request")
        #expect(await fixture.requestTokens(for: code, changing: ["client_id": "web-app"]).status == 200)
    }

    @Test(arguments: ["code", "client_id", "grant_type", "code_verifier"])
    func refusesAParameterThatStandsThereTwice(_ name: String) async throws {
        let fixture = try Fixture()
        let form = Fixture.codeForm(try await fixture.code(), changing: ["client_id": "web-app"])
        let repeated = form + [(name, form.first { $0.0 == name }?.1 ?? "x")]
        #expect(await fixture.post("/token", form: repeated).error == "invalid_request")
    }

    @Test func readsNoCredentialsFromTheQuery() async throws {
        let fixture = try Fixture()
        let target = "/token?client_id=web-app&client_secret=\(FormEncoding.encodeComponent(Fixture.secret))"
        let form = Fixture.codeForm(try await fixture.code())
        #expect(await fixture.post(target, form: form, authorization: nil).status == 401)
    }
}
