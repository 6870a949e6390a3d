import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct ConsentScopeTests {
    private static func tokens(
        _ fixture: Fixture, leavingOut names: [String], in browser: inout ScriptedUserAgent,
        changing changes: [String: String?] = [:]
    ) async throws -> JSONObject {
        let login = try await browser.open(Fixture.address(changes))
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let boxes = Dictionary(uniqueKeysWithValues: names.map { ("scope.\($0)", "") })
        let page = try await browser.submit("consent", on: consent, filling: boxes, action: "allow")
        return try await fixture.requestTokens(for: try #require(page.parameters("code").first)).json
    }

    /// RFC 6749 §3.3 and §5.1: the response tells what was granted.
    @Test(arguments: [
        ([], "openid profile email offline_access read:demo"), (["email"], "openid profile offline_access read:demo"),
        (["offline_access"], "openid profile email read:demo"),
        (["profile", "email", "offline_access", "read:demo"], "openid"),
    ])
    func grantsWhatTheUserLeavesTicked(_ left: [String], granted: String) async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let tokens = try await Self.tokens(fixture, leavingOut: left, in: &browser)
        #expect(tokens["scope"] == .string(granted))
        #expect(try tokens.claims(of: "access_token")["scope"] == .string(granted))
        let claims = try tokens.claims(of: "id_token")
        #expect((claims["email"] == nil) == left.contains("email"))
        #expect((claims["name"] == nil) == left.contains("profile"))
        #expect((tokens["refresh_token"] == nil) == left.contains("offline_access"))
        let userInfo = try await fixture.userInfo(try tokens.text("access_token")).json
        #expect((userInfo["email"] == nil) == left.contains("email"))
    }

    @Test func openIDHasNoBoxAndCannotBeLeftOut() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address(["scope": "openid"]))
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        #expect(consent.forms[0].fields.map(\.name) == ["transaction", "csrf"])
        await #expect(throws: ScriptedUserAgent.NavigationError.self) {
            try await browser.submit("consent", on: consent, filling: ["scope.openid": ""], action: "allow")
        }
    }

    @Test func aRequiredScopeCannotBeLeftOut() async throws {
        let fixture = try Fixture(scopes: [DevScope("read:demo", words: "Read", isRequired: true)])
        var browser = fixture.browser()
        let tokens = try await Self.tokens(fixture, leavingOut: ["email"], in: &browser)
        #expect(tokens["scope"] == "openid profile offline_access read:demo")
    }

    @Test func aBoxForMoreThanWasRequestedGrantsNothing() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let login = try await browser.open(Fixture.address(["scope": "openid profile"]))
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        let names = ["scope.email", "scope.read:demo", "scope.admin"]
        var fields = consent.forms[0].fields.map { FormField(name: $0.name, value: $0.value) }
        fields += names.map { FormField(name: $0, value: "on") } + [FormField(name: "action", value: "allow")]
        let jar = browser.cookies["localhost"] ?? [:]
        let answer = await fixture.server.respond(
            to: DevRequest(
                .post, "/consent",
                fields: [
                    HeaderField("Content-Type", "application/x-www-form-urlencoded"),
                    HeaderField("Cookie", jar.map { "\($0)=\($1)" }.joined(separator: "; ")),
                ].compactMap(\.self), body: Array(FormEncoding.encode(fields).utf8)))
        let location = try EndpointURL(try #require(answer.field("Location")), allowing: .loopback)
        let code = try #require(try FormEncoding.decode(location.query ?? "").first { $0.name == "code" }?.value)
        #expect(try await fixture.requestTokens(for: code).json["scope"] == "openid profile")
    }

    @Test func asksAgainForWhatWasLeftOut() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await Self.tokens(fixture, leavingOut: ["email"], in: &browser)
        let without = try await browser.open(
            Fixture.address(["scope": "openid profile read:demo", "prompt": "none"]))
        #expect(without.parameters("code").count == 1)
        let with = try await browser.open(Fixture.address(["scope": "openid email", "prompt": "none"]))
        #expect(with.parameters("error") == ["consent_required"])
    }

    @Test func aRefreshCannotBringBackWhatWasLeftOut() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let tokens = try await Self.tokens(fixture, leavingOut: ["email"], in: &browser)
        let answer = await fixture.refresh(
            try tokens.text("refresh_token"), adding: [("scope", "openid email")])
        #expect(answer.error == "invalid_scope")
    }

    @Test func saysWhatEachBoxMeans() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        #expect(
            consent.forms[0].fields.map(\.name)
                == ["transaction", "csrf"] + ["profile", "email", "offline_access", "read:demo"].map { "scope.\($0)" })
        for words in ["Know who you are", "See your e-mail address", "<code class=\"muted\">read:demo</code>"] {
            #expect(consent.text.contains(words))
        }
    }
}
