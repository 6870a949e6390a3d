import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct PageTests {
    private static let targets = [
        "/", "/jwks", "/.well-known/openid-configuration", "/authorize", "/authorize?client_id=x", Fixture.authorize(),
        Fixture.authorize(["prompt": "none"]), "/consent", "/login", "/code", "/provider", "/pictures/1.svg",
        "/userinfo", "/oauth2/logout", "/token", "/nothing", "//",
        "/%",
        "/authorize?%zz",
    ]

    @Test(arguments: targets)
    func everyAnswerCarriesTheProtectiveFields(_ target: String) async throws {
        let answer = await (try Fixture()).get(target)
        #expect(answer.field("X-Login-Flow-Development") == "true")
        #expect(answer.field("Cache-Control") == "no-store")
        #expect(answer.field("Referrer-Policy") == "no-referrer")
        #expect(answer.field("X-Content-Type-Options") == "nosniff")
        let policy = try #require(answer.field("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none';"))
        #expect(policy.contains("frame-ancestors 'none'"))
    }

    @Test func formsMayLeadToTheAppAndNowhereElse() async throws {
        let fixture = try Fixture()
        let login = await fixture.get(Fixture.authorize())
        let policy = try #require(login.field("Content-Security-Policy"))
        #expect(policy.contains("form-action 'self' http://localhost:3000;"))
        let logout = await fixture.get(
            "/oauth2/logout?client_id=web-app&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F")
        #expect(logout.field("Content-Security-Policy")?.contains("form-action 'self' http://localhost:3000;") == true)
        let error = await fixture.get("/authorize?client_id=nobody&redirect_uri=https://evil.example")
        #expect(error.field("Content-Security-Policy")?.contains("evil") == false)
    }

    @Test func pagesHoldNoScriptAndNothingFromElsewhere() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address())
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        for page in [login.text, consent.text] {
            for forbidden in ["<script", "javascript:", " onclick", " onload", "src=", "url(", "<link"] {
                #expect(!page.contains(forbidden))
            }
            #expect(page.contains("name=\"viewport\""))
            #expect(page.contains("<html lang=\"en\">"))
        }
    }

    @Test func loginFieldsHaveLabelsAndAutocomplete() async throws {
        let page = await (try Fixture()).get(Fixture.authorize()).text
        for piece in [
            "<label for=\"username\">", "<label for=\"password\">", "autocomplete=\"username\"",
            "autocomplete=\"current-password\"", "type=\"password\"", "name=\"action\" value=\"login\"",
        ] {
            #expect(page.contains(piece))
        }
    }

    private static let attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"

    @Test(arguments: [
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "login_hint", "prompt", "max_age",
        "code_challenge", "audience", "id_token_hint", "unknown", attack,
    ])
    func escapesWhatItReflects(_ name: String) async throws {
        let answer = await (try Fixture()).get(Fixture.authorize([name: Self.attack]))
        #expect(!answer.text.contains("<script"))
        #expect(!answer.text.contains("<img"))
        #expect(answer.fields.allSatisfy { !$0.value.contains("<") })
    }

    @Test func escapesUserNamesAndAppNames() async throws {
        var browser = try Fixture().browser()
        let login = try await browser.open(Fixture.address(["login_hint": Self.attack]))
        #expect(login.forms[0].fields.contains { $0.value == Self.attack })
        let page = try await browser.logIn(on: login, as: Self.attack, password: Self.attack)
        #expect(!page.text.contains("<script"))
        #expect(page.forms[0].fields.contains { $0.name == "username" && $0.value == Self.attack })
        #expect(page.forms[0].fields.contains { $0.name == "password" && $0.value == "" })
    }

    @Test(arguments: ["client_id", "post_logout_redirect_uri", "state", "id_token_hint", "logout_hint"])
    func escapesWhatALogoutReflects(_ name: String) async throws {
        let fields = [("client_id", "web-app"), (name, Self.attack)].filter { $0.0 != name || $0.1 == Self.attack }
        let query = FormEncoding.encode(fields.map { FormField(name: $0, value: $1) })
        let answer = await (try Fixture()).get("/oauth2/logout?\(query)")
        #expect(!answer.text.contains("<script"))
        #expect(!answer.text.contains("<img"))
    }

    /// WCAG 2.2 §1.4.3, for every pair of colours that text is drawn with, in both schemes.
    @Test(arguments: [
        ("text", "ground"), ("text", "card"), ("muted", "card"), ("button", "card"), ("on-button", "button"),
        ("on-alert", "alert"),
        ("on-note", "note"),
    ])
    func textStandsOut(_ foreground: String, background: String) async throws {
        let page = await (try Fixture()).get("/").text
        let (front, back) = (Self.colours(foreground, in: page), Self.colours(background, in: page))
        #expect(front.count == 2)
        #expect(back.count == 2)
        for (one, other) in zip(front, back) {
            let (low, high) = (min(one, other), max(one, other))
            #expect((high + 0.05) / (low + 0.05) >= 4.5)
        }
    }

    /// The relative luminance of each definition of a colour, light scheme first.
    private static func colours(_ name: String, in page: String) -> [Double] {
        page.split(separator: "--\(name):#").dropFirst().compactMap { rest in
            UInt32(rest.prefix(6), radix: 16).map { colour in
                let parts = [16, 8, 0].map { linear(Double(colour >> UInt32($0) & 0xFF) / 255) }
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
            }
        }
    }

    // The power 2.4 of WCAG's definition by Newton's method: x^2.4 = (x^12)^(1/5).
    private static func linear(_ part: Double) -> Double {
        guard part > 0.04045 else { return part / 12.92 }
        let base = (part + 0.055) / 1.055
        let target = (0..<12).reduce(1.0) { product, _ in product * base }
        return (0..<200).reduce(1.0) { root, _ in
            root - (root * root * root * root * root - target) / (5 * root * root * root * root)
        }
    }
}
