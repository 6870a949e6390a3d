import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// APIs, details, organizations and silent requests.
struct RequestedAccessTests {
    private static let details = #"[{"type":"payment","amount":"12.50"}]"#

    private static func fixture(rules: [DevRule] = []) throws -> Fixture {
        try Fixture(rules: rules) { app, _ in
            app.audiences = ["https://a.example", "https://b.example"]
            app.authorizationDetailTypes = ["payment"]
            app.organizations = [DevOrganization(id: "org_1", name: "Wonderland", invitations: ["inv_1"])]
        }
    }

    private func resources(_ values: String...) -> [(String, String)] { values.map { ("resource", $0) } }

    // RFC 8707 §2
    @Test func issuesATokenForTheRequestedResources() async throws {
        let fixture = try Self.fixture()
        let target = Fixture.authorize(also: resources("https://a.example", "https://b.example"))
        let code = try #require(try await fixture.allow(target).parameters("code").first)
        let tokens = try await fixture.requestTokens(for: code).json
        #expect(try tokens.claims(of: "access_token")["aud"] == ["https://a.example", "https://b.example"])
        let narrowed = await fixture.refresh(
            try tokens.text("refresh_token"), adding: resources("https://b.example"))
        #expect(try narrowed.json.claims(of: "access_token")["aud"] == "https://b.example")
        let more = await fixture.refresh(
            try narrowed.json.text("refresh_token"), adding: resources("urn:demo-api"))
        #expect(more.error == "invalid_target")
    }

    @Test func refusesAnUnknownResource() async throws {
        var browser = try Self.fixture().browser()
        let page = try await browser.open(
            Fixture.address(also: resources("https://a.example", "https://c.example")))
        #expect(page.parameters("error") == ["invalid_target"])
    }

    // RFC 9396 §7
    @Test func grantsDetailsAndSaysSo() async throws {
        let fixture = try Self.fixture()
        let asked = try JSONReader.value(Array(Self.details.utf8))
        for _ in 0..<2 {
            var browser = fixture.browser()
            let login = try await browser.open(Fixture.address(["authorization_details": Self.details]))
            let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
            #expect(consent.text.contains("payment"))
            let page = try await browser.submit("consent", on: consent, action: "allow")
            let tokens = try await fixture.requestTokens(for: try #require(page.parameters("code").first)).json
            #expect(tokens["authorization_details"] == asked)
            #expect(try tokens.claims(of: "access_token")["authorization_details"] == asked)
        }
        #expect(try await fixture.tokens()["authorization_details"] == nil)
    }

    @Test(arguments: ["", "x", "{}", "[]", "[1]", "[{}]", #"[{"type":"other"}]"#, #"[{"type":1}]"#])
    func refusesDetailsThatItDoesNotKnow(text: String) async throws {
        var browser = try Self.fixture().browser()
        let page = try await browser.open(Fixture.address(["authorization_details": text]))
        #expect(page.parameters("error") == (text.isEmpty ? [] : ["invalid_authorization_details"]))
    }

    @Test(arguments: ["org_1", "Wonderland", "WONDERLAND"]) func namesTheOrganization(text: String) async throws {
        let fixture = try Self.fixture()
        let tokens = try await fixture.tokens(["organization": text, "invitation": "inv_1"])
        for token in ["id_token", "access_token"] {
            #expect(try tokens.claims(of: token)["org_id"] == "org_1")
            #expect(try tokens.claims(of: token)["org_name"] == "wonderland")
        }
        let refreshed = try await fixture.refresh(try tokens.text("refresh_token")).json
        #expect(try refreshed.claims(of: "id_token")["org_id"] == "org_1")
        #expect(try await fixture.tokens().claims(of: "id_token")["org_id"] == nil)
    }

    @Test(
        arguments: [
            (["organization": "org_2"], "invalid_request"), (["invitation": "inv_1"], "invalid_request"),
            (["organization": "org_1", "invitation": "inv_2"], "access_denied"),
            (["connection": "carrier-pigeon"], "invalid_request"),
        ] as [([String: String?], String)])
    func refusesWhatNoOrganizationOrConnectionHas(_ changes: [String: String?], error: String) async throws {
        var browser = try Self.fixture().browser()
        #expect(try await browser.open(Fixture.address(changes)).parameters("error") == [error])
    }

    @Test func offersTheRequestedConnectionOnly() async throws {
        var browser = try Self.fixture().browser()
        let login = try await browser.open(Fixture.address(["connection": "emailCode"]))
        #expect(login.forms.map(\.id) == ["send-code"])
    }

    // OpenID Connect Core §3.1.2.6
    @Test func asksForASelectionWhenAnotherAccountIsLoggedIn() async throws {
        let fixture = try Self.fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        let silent: [String: String?] = ["prompt": "none"]
        #expect(try await browser.open(Fixture.address(silent)).parameters("code").count == 1)
        for (hint, error) in [("bob", ["account_selection_required"]), ("alice", []), ("nobody", [])] {
            let page = try await browser.open(Fixture.address(silent.merging(["login_hint": hint]) { $1 }))
            #expect(page.parameters("error") == error)
        }
    }

    @Test func asksTheUserWhereARuleSaysSo() async throws {
        let fixture = try Self.fixture(rules: [DevRule("terms") { _ in .askUser }])
        var browser = fixture.browser()
        #expect(try await fixture.walk(&browser).parameters("code").count == 1)
        let silent = try await browser.open(Fixture.address(["prompt": "none"]))
        #expect(silent.parameters("error") == ["interaction_required"])
        #expect(try await browser.open(Fixture.address()).forms.map(\.id) == ["consent"])
    }
}
