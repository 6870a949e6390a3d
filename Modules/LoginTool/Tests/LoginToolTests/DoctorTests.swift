import LoginToolCommands
import OAuthTypes
import Testing
import WireFormats

@Suite struct DoctorTests {
    @Test func findsNothingWrongWithAHealthyProvider() async throws {
        let examination = await Examination(try ScriptedProvider())
        #expect(examination.status == .success)
        #expect(examination.findings.filter { $0.level != "ok" }.map(\.text) == [])
        let subjects = Set(examination.findings.map(\.subject))
        #expect(
            subjects.isSuperset(of: [
                "issuer", "metadata", "pkce", "client-auth", "id-token-alg", "keys", "clock", "callback", "cookies",
                "header-size", "session-size", "proxy", "libcrypto", "libcurl", "sqlite",
            ]))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let members: JSONObject
        let subject, level: String
        let part: String

        init(_ members: JSONObject, _ subject: String, _ level: String, _ part: String) {
            (self.members, self.subject, self.level, self.part) = (members, subject, level, part)
        }

        var testDescription: String { "\(subject): \(part)" }
    }

    // Members of the metadata, the subject and level of the finding, and a part of its text or fix.
    @Test(arguments: [
        Case(["issuer": "https://issuer.example/"], "issuer", "problem", "LOGIN_ISSUER) to https://issuer.example/"),
        Case(["issuer": "https://other.example"], "issuer", "problem", "--metadata-url"),
        Case(["jwks_uri": nil], "metadata", "problem", "lacks 'jwks_uri'"),
        Case(
            ["token_endpoint": "http://issuer.example/token"], "metadata", "problem", "'token_endpoint' cannot be used"),
        Case(["authorization_endpoint": "http://127.0.0.1:1/a"], "metadata", "problem", "'authorization_endpoint'"),
        Case(["token_endpoint": 1], "metadata", "problem", "wrong type"),
        Case(["response_types_supported": ["id_token"]], "response-types", "problem", "authorization code flow"),
        Case(["code_challenge_methods_supported": nil], "pkce", "warning", "is missing"),
        Case(["code_challenge_methods_supported": ["plain"]], "pkce", "warning", "lists plain, not S256"),
        Case(
            ["token_endpoint_auth_methods_supported": ["private_key_jwt"]], "client-auth", "problem", "no client secret"
        ),
        Case(["id_token_signing_alg_values_supported": ["HS256"]], "id-token-alg", "problem", "lists HS256"),
        Case(["id_token_signing_alg_values_supported": ["PS256", "ES256"]], "id-token-alg", "problem", "ES256"),
        Case(["require_pushed_authorization_requests": true], "metadata", "problem", "pushed"),
        Case(["require_signed_request_object": true], "metadata", "problem", "signed request objects"),
        Case(["end_session_endpoint": nil], "metadata", "ok", "end_session_endpoint"),
        Case(["scopes_supported": "openid"], "metadata", "warning", "a text instead of a list"),
    ])
    func judgesTheMetadata(_ expected: Case) async throws {
        var provider = try ScriptedProvider()
        provider.metadata = expected.members
        let examination = await Examination(provider)
        let finding = try #require(
            examination.about(expected.subject).first { "\($0.text) \($0.fix ?? "")".contains(expected.part) })
        #expect(finding.level == expected.level)
        #expect(finding.fix != nil)
        #expect(examination.status == (expected.level == "problem" ? .refused : .success))
    }

    @Test(arguments: [
        ("openid-configuration", TransportError.Reason.tls, "--ca-file"),
        ("openid-configuration", .unknownHost, "spelling"), ("openid-configuration", .timedOut, "firewall"),
    ])
    func saysWhatToDoWithoutAResponse(_ suffix: String, reason: TransportError.Reason, part: String) async throws {
        var provider = try ScriptedProvider()
        provider.failing = (suffix, reason)
        let examination = await Examination(provider)
        #expect(examination.status == .refused)
        #expect(examination.about("metadata").first?.fix?.contains(part) == true)
        #expect(examination.about("cookies").count == 1, "what needs no provider is examined all the same")
    }

    @Test(arguments: [
        ("{\"keys\":[]}", "no key of 0 verifies RS256"), ("{}", "keys"), ("<html>", "not"),
        ("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}", "no key of 1 verifies RS256"),
    ])
    func findsKeySetsThatVerifyNothing(_ text: String, part: String) async throws {
        var provider = try ScriptedProvider()
        provider.jwks = text
        let examination = await Examination(provider)
        let finding = try #require(examination.about("keys").first)
        #expect(examination.status == .refused)
        #expect(finding.level == "problem" && finding.text.contains(part) && finding.fix != nil)
    }

    // The tests' time is Thu, 09 Oct 2025 08:53:20 GMT.
    @Test(arguments: [
        ("Thu, 09 Oct 2025 08:53:20 GMT", "ok", "agree"), ("Thu, 09 Oct 2025 08:53:25 GMT", "ok", "5 s ahead"),
        ("Thu, 09 Oct 2025 08:53:14 GMT", "warning", "6 s behind"),
        ("Thu, 09 Oct 2025 08:54:21 GMT", "problem", "61 s ahead"),
        ("Sun, 29 Feb 2032 00:00:00 GMT", "problem", "201625600 s ahead"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "problem", "ahead"), ("Thu, 01 Jan 1970 00:00:00 GMT", "problem", "behind"),
    ])
    func measuresTheProvidersClock(_ date: String, level: String, part: String) async throws {
        var provider = try ScriptedProvider()
        provider.fields = [("Date", date)]
        let finding = try #require(await Examination(provider).about("clock").first)
        #expect(finding.level == level && finding.text.contains(part))
        #expect((finding.fix == nil) == (level == "ok"))
    }

    @Test(arguments: [
        [("Date", "yesterday")], [("Date", "Thu, 99 Oct 2025 08:53:20 GMT")],
        [("Date", "Thu, 09 Oct 20250 8:53:20 GMT")],
        [("Date", "Thu, 09 Oct 2025 08:53:2\u{663} GMT")], [],
        [("Date", "Thu, 09 Oct 2025 07:53:20 GMT"), ("Age", "3600")],
    ])
    func measuresNoClockByOtherFields(_ fields: [(String, String)]) async throws {
        var provider = try ScriptedProvider()
        provider.fields = fields
        let examination = await Examination(provider)
        #expect(examination.about("clock").isEmpty)
        #expect(examination.status == .success)
    }

    @Test(arguments: [
        (200, ["LOGIN_BASE_URL": "https://app.example"], "__Host-login", "Secure"),
        (200, ["LOGIN_BASE_URL": "http://localhost:3000"], "login-3000", "127.0.0.1 would not get"),
    ])
    func comparesTheFlowsCookiesWithTheOrigin(
        _ unused: Int, variables: [String: String], name: String, part: String
    ) async throws {
        let finding = try #require(
            await Examination(try ScriptedProvider(), changing: variables).about("cookies").first)
        #expect(finding.text.contains(name))
        #expect("\(finding.text) \(finding.fix ?? "")".contains(part))
    }

    @Test(arguments: [
        (1, "proxy_buffer_size 8k", false, false), (2, "proxy_buffer_size 16k", true, false),
        (3, "proxy_buffer_size 16k", true, true), (5, "proxy_buffer_size 32k", true, true),
    ])
    func namesWhatProxiesNeedForSessionsInCookies(
        _ count: Int, nginx: String, apache: Bool, haproxy: Bool
    ) async throws {
        let examination = await Examination(
            try ScriptedProvider(), ["doctor", "--json", "--cookie-sessions", String(count)])
        let fix = try #require(examination.about("session-size").first?.fix)
        #expect(fix.contains(nginx))
        #expect(fix.contains("LimitRequestFieldSize") == apache)
        #expect(fix.contains("tune.bufsize") == haproxy)
    }

    @Test func warnsAboutTheSettingsOfTheEnvironment() async throws {
        let examination = await Examination(
            try ScriptedProvider(),
            changing: [
                "LOGIN_SESSION_SECRET": "short", "https_proxy": "http://proxy.example:3128",
                "LOGIN_CLIENT_AUTH": "client_secret_post",
            ])
        #expect(examination.about("session-secret").first?.level == "problem")
        #expect(examination.about("session-secret").first?.fix?.contains("login-tool session-secret") == true)
        #expect(examination.about("outgoing-proxy").first?.level == "warning")
        #expect(examination.about("client-auth").first?.level == "warning")
        #expect(!examination.output.contains("short"))
    }

    @Test func neitherShowsNorSendsTheClientSecret() async throws {
        for arguments in [["doctor"], ["doctor", "--json"], ["doctor", "--issuer", "x"], ["doctor", "--nonsense"]] {
            let examination = await Examination(try ScriptedProvider(), arguments)
            #expect(!examination.output.contains(ScriptedProvider.secret))
            #expect(!examination.complaint.contains(ScriptedProvider.secret))
            for request in examination.requests {
                #expect(request.method == .get && request.body.isEmpty)
                #expect(request.fields.allSatisfy { $0.isNamed("Accept") || $0.isNamed("Accept-Encoding") })
                #expect(!request.url.text.contains(ScriptedProvider.secret))
                #expect(!request.url.text.contains("client_secret"))
            }
        }
    }

    @Test func writesNoControlCharactersOfTheProvider() async throws {
        var provider = try ScriptedProvider()
        provider.metadata = [
            "token_endpoint_auth_methods_supported": [
                "\u{1B}[2J\u{202E}\n", .string(String(repeating: "x", count: 50_000)),
            ],
            "id_token_signing_alg_values_supported": .array(Array(repeating: "\u{9B}31m", count: 1000)),
        ]
        provider.jwks =
            "{\"keys\":[" + Array(repeating: "{\"kid\":\"\\u001b[2J\"}", count: 1000).joined(separator: ",") + "]}"
        let examination = await Examination(provider, ["doctor"])
        #expect(examination.status == .refused)
        #expect(
            examination.output.unicodeScalars.allSatisfy { $0 == "\n" || (0x20...0x7E).contains($0.value) || $0 == "…" }
        )
        #expect(examination.output.utf8.count < 20_000)
    }

    @Test(arguments: [true, false])
    func colorsOnlyWhereItMay(_ hasColor: Bool) async throws {
        let examination = await Examination(try ScriptedProvider(), ["doctor"], hasColor: hasColor)
        #expect(examination.output.contains("\u{1B}[32mok") == hasColor)
        #expect(examination.output.hasSuffix("no problems, no warnings\n"))
        #expect(examination.complaint == "")
    }

    @Test(arguments: [
        (["LOGIN_ISSUER": ""], "--issuer (LOGIN_ISSUER) is missing"),
        (["LOGIN_CLIENT_ID": ""], "--client-id (LOGIN_CLIENT_ID) is missing"),
        (["LOGIN_BASE_URL": ""], "--base-url (LOGIN_BASE_URL) is missing"),
        (["LOGIN_ISSUER": "issuer.example"], "https://"), (["LOGIN_BASE_URL": "http://app.example"], "https://"),
        (["LOGIN_BASE_URL": "https://app.example/app"], "has a path"), (["LOGIN_SCOPE": "profile"], "openid"),
        (["LOGIN_METADATA_URL": "ftp://x"], "--metadata-url"), (["LOGIN_ID_TOKEN_ALG": "HS256"], "RS256"),
        (["LOGIN_CLIENT_AUTH": "basic"], "client_secret_basic"), (["LOGIN_PROMPT": "always"], "select_account"),
        (["LOGIN_PROMPT": "none login"], "none alone"), (["LOGIN_DEVIATIONS": "linkedin"], "bound to the issuer"),
        (["LOGIN_OFFLINE_ACCESS": "yes"], "with-consent"), (["LOGIN_ENV": "prod"], "development or production"),
    ])
    func refusesSettingsThatCannotBeExamined(_ variables: [String: String], part: String) async throws {
        let examination = await Examination(try ScriptedProvider(), changing: variables)
        #expect(examination.status == .misused)
        #expect(examination.output == "" && examination.complaint.contains(part))
        #expect(examination.requests.isEmpty)
    }

    @Test func tellsAllFaultsOfTheSettingsAtOnce() async throws {
        let examination = await Examination(
            try ScriptedProvider(), changing: ["LOGIN_ISSUER": "", "LOGIN_CLIENT_ID": "", "LOGIN_PROMPT": "x"])
        #expect(examination.complaint.split(separator: "\n").count == 3)
        #expect(examination.complaint.split(separator: "\n").allSatisfy { $0.hasPrefix("error: ") })
    }

    @Test func examinesWithTheDeviationsThatTheAppUses() async throws {
        var provider = try ScriptedProvider()
        provider.metadata = ["id_token_signing_alg_values_supported": ["HS256"]]
        provider.jwks = "{\"keys\":[]}"
        let examination = await Examination(
            provider,
            changing: [
                "LOGIN_DEVIATIONS": "hs256-client-secret,linkedin@\(Session.issuer)",
                "LOGIN_CLIENT_SECRET": ScriptedProvider.secret + "-of-32-octets",
            ])
        #expect(examination.status == .success)
        #expect(examination.about("id-token-alg").first?.text.contains("HS256 with the client secret") == true)
        #expect(examination.about("pkce").first?.text.contains("left out") == true)
        #expect(examination.about("deviations").count == 1)
        #expect(!examination.requests.contains { $0.url.text.contains("code_challenge") })
    }

    @Test func tellsOfAMistypedVariable() async throws {
        let examination = await Examination(try ScriptedProvider(), changing: ["LOGIN_SCOPES": "openid"])
        #expect(examination.about("variables").first?.level == "warning")
        #expect(examination.about("variables").first?.fix == "Did you mean LOGIN_SCOPE?")
    }

    @Test func optionsGoBeforeTheEnvironment() async throws {
        let examination = await Examination(
            try ScriptedProvider(), ["doctor", "--json", "--base-url", "https://option.example"])
        #expect(examination.requests.contains { $0.url.text.contains("https%3A%2F%2Foption.example%2Fcallback") })
    }
}
