import LoginToolCommands
import OAuthTypes
import Testing
import WireFormats

@Suite struct ProfileTests {
    @Test func aProviderWithCompleteMetadataMeetsTheBasicProfile() async throws {
        let check = try await ProfileCheck("oidc-basic")
        #expect(check.status == .success)
        #expect(check.rows.filter { $0.verdict != "met" }.map(\.id) == [])
        #expect(check.requests.map(\.url.path) == ["/.well-known/openid-configuration"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let profile: String
        let members: JSONObject
        let variables: [String: String]
        let id, verdict, part: String

        init(
            _ profile: String, _ members: JSONObject, variables: [String: String] = [:], _ id: String,
            _ verdict: String,
            _ part: String
        ) {
            (self.profile, self.members, self.variables) = (profile, members, variables)
            (self.id, self.verdict, self.part) = (id, verdict, part)
        }

        var testDescription: String { "\(profile) \(id): \(part)" }
    }

    // Members of the metadata and variables; the requirement, its verdict, and a part of what is said of the two sides.
    @Test(arguments: [
        Case("oidc-basic", ["subject_types_supported": nil], "metadata", "not met", "lacks subject_types_supported"),
        Case(
            "oidc-basic", ["token_endpoint_auth_methods_supported": ["private_key_jwt"]], "client-secret", "not met",
            "private_key_jwt"),
        Case("oidc-basic", ["token_endpoint_auth_methods_supported": nil], "client-secret", "met", "lists none"),
        Case(
            "oidc-basic", ["id_token_signing_alg_values_supported": ["HS256"]], "listed-alg", "not met", "lists HS256"),
        Case(
            "oidc-basic", [:], variables: ["LOGIN_DEVIATIONS": "hs256-client-secret"], "listed-alg", "not met",
            "accepts HS256"),
        Case(
            "oidc-basic", [:], variables: ["LOGIN_DEVIATIONS": "linkedin@https://issuer.example"], "id-token",
            "not met",
            "no nonce"),
        Case("oidc-basic", ["scopes_supported": ["profile"]], "scope", "not met", "does not list openid"),
        Case("oidc-basic", ["scopes_supported": "openid"], "scope", "met", "listed"),
        Case("auth0-default", [:], "issuer-slash", "not met", "has none"),
        Case("auth0-default", ["end_session_endpoint": nil], "logout", "not met", "end_session_endpoint is missing"),
        Case(
            "auth0-default", [:], variables: ["LOGIN_ID_TOKEN_ALG": "ES256"], "listed-alg", "not met", "accepts ES256"),
        Case("fapi2-security", [:], "iss", "not met", "not promised"),
        Case("fapi2-security", ["authorization_response_iss_parameter_supported": true], "iss", "met", "promised"),
        Case("fapi2-security", [:], "listed-alg", "not met", "RS256"),
        Case(
            "fapi2-security", ["id_token_signing_alg_values_supported": ["RS256", "PS256"]], "listed-alg", "not met",
            "LOGIN_ID_TOKEN_ALG"),
        Case(
            "fapi2-security", ["id_token_signing_alg_values_supported": ["RS256", "PS256"]],
            variables: ["LOGIN_ID_TOKEN_ALG": "PS256"], "listed-alg", "met", "accepts PS256"),
        Case(
            "fapi2-security", ["id_token_signing_alg_values_supported": ["none", "ES256"]], "alg-none", "not met",
            "none"),
        Case("fapi2-security", ["grant_types_supported": ["password"]], "password-grant", "not met", "password"),
        Case("fapi2-security", ["token_endpoint_auth_methods_supported": ["none"]], "confidential", "not met", "none"),
        Case("fapi2-security", [:], "par", "not met", "pushed_authorization_request_endpoint is missing"),
        Case("fapi2-security", [:], "par-only", "unseen", "may depend on the client"),
        Case(
            "fapi2-security", ["dpop_signing_alg_values_supported": ["ES256"]], "bound-tokens", "not yet",
            "DPoP with ES256"),
        Case(
            "fapi2-security", ["tls_client_certificate_bound_access_tokens": true], "bound-tokens", "not yet",
            "mutual TLS"),
        Case("fapi2-security", [:], "bound-tokens", "not met", "lists neither"),
        Case(
            "fapi2-security", [:], variables: ["LOGIN_BASE_URL": "http://localhost:3000"], "redirect-uri", "not met",
            "http"),
        Case("fapi2-security", [:], variables: ["LOGIN_BASE_URL": ""], "redirect-uri", "unseen", "--base-url"),
        Case("fapi2-security", [:], "code-lifetime", "unseen", "ask the provider"),
        Case("fapi2-message-signing", ["response_modes_supported": ["query"]], "jarm", "not met", "lists query"),
        Case("fapi2-message-signing", ["response_modes_supported": ["query", "jwt"]], "jarm", "met", "lists jwt"),
        Case(
            "fapi2-message-signing", ["request_object_signing_alg_values_supported": ["ES256"]], "jar", "met",
            "LOGIN_JAR"),
        Case("ipsie-sl1", ["claims_supported": ["acr", "amr"]], "claims", "not met", "auth_time, session_expiry"),
        Case("ipsie-sl1", [:], "claims", "unseen", "claims_supported is missing"),
        Case("ipsie-sl1", [:], "third-party-login", "met", "LOGIN_THIRD_PARTY"),
    ])
    func judgesARequirement(_ expected: Case) async throws {
        let check = try await ProfileCheck(expected.profile, changing: expected.members, expected.variables)
        let row = try #require(check.rows.first { $0.id == expected.id })
        #expect(row.verdict == expected.verdict)
        #expect("\(row.provider) \(row.library)".contains(expected.part))
        #expect(check.status == .refused || expected.verdict == "met")
    }

    /// A provider that offers all that the profiles ask for.
    private static let everything: JSONObject = [
        "authorization_response_iss_parameter_supported": true, "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "tls_client_auth"],
        "dpop_signing_alg_values_supported": ["ES256"], "require_pushed_authorization_requests": true,
        "pushed_authorization_request_endpoint": "https://issuer.example/par",
        "response_modes_supported": ["query", "jwt"], "authorization_signing_alg_values_supported": ["ES256"],
        "request_object_signing_alg_values_supported": ["ES256"],
        "claims_supported": ["acr", "amr", "auth_time", "session_expiry"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
    ]
    private static let security = ["bound-tokens", "dpop-nonce", "login-csrf"]

    // What this library lacks is told whatever the provider offers. Who adds a feature changes its row.
    @Test(arguments: [
        ("fapi2-security", security), ("fapi2-message-signing", security),
        ("ipsie-sl1", ["bound-tokens", "dpop-nonce", "single-aud"]),
    ])
    func claimsNothingThatThisLibraryLacks(_ profile: String, lacking: [String]) async throws {
        let check = try await ProfileCheck(profile, changing: Self.everything)
        #expect(check.status == .refused)
        #expect(check.rows.filter { $0.verdict == "not yet" }.map(\.id).sorted() == lacking.sorted())
        #expect(check.rows.filter { $0.verdict == "not met" }.map(\.id) == [])
        #expect(check.rows.filter { $0.verdict == "unseen" }.map(\.id) == ["code-lifetime"])
    }

    @Test(arguments: ["oidc-basic", "auth0-default", "fapi2-security", "fapi2-message-signing", "ipsie-sl1"])
    func namesEachRequirementOnceWithItsSource(_ profile: String) async throws {
        let rows = try await ProfileCheck(profile).rows
        #expect(rows.count >= 10)
        #expect(Set(rows.map(\.id)).count == rows.count)
        #expect(rows.allSatisfy { !$0.source.isEmpty && !$0.requirement.isEmpty })
    }

    @Test func writesATableThatAProviderCannotDisturb() async throws {
        let hostile = JSONValue.string("\u{1B}[2J\u{202E}\n" + String(repeating: "x", count: 50_000))
        let check = try await ProfileCheck(
            "fapi2-security", changing: ["code_challenge_methods_supported": [hostile]], isJSON: false)
        #expect(check.status == .refused)
        #expect(check.output.contains("verdict") && check.output.contains("not met  pkce"))
        #expect(
            check.output.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "§" || $0 == "–" || (0x20...0x7E).contains($0.value)
            })
        #expect(check.output.utf8.count < 12_000)
    }

    @Test func colorsVerdictsOnlyWhereItMay() async throws {
        for hasColor in [true, false] {
            let check = try await ProfileCheck("oidc-basic", isJSON: false, hasColor: hasColor)
            #expect(check.output.contains("\u{1B}[32mmet") == hasColor)
        }
    }

    @Test func refusesAProfileItDoesNotKnowAndNamesAll() async throws {
        let check = try await ProfileCheck("fapi1")
        #expect(check.status == .misused)
        #expect(check.complaint.contains("oidc-basic, auth0-default, fapi2-security, fapi2-message-signing, ipsie-sl1"))
    }

    @Test(arguments: [
        (["LOGIN_ISSUER": ""], "--issuer (LOGIN_ISSUER) is missing"), (["LOGIN_ISSUER": "x"], "https"),
        (["LOGIN_BASE_URL": "ftp://x"], "--base-url"), (["LOGIN_METADATA_URL": "x"], "--metadata-url"),
        (["LOGIN_ID_TOKEN_ALG": "HS256"], "RS256"),
    ])
    func refusesSettingsThatCannotBeRead(_ variables: [String: String], part: String) async throws {
        let check = try await ProfileCheck("oidc-basic", variables)
        #expect(check.status == .misused && check.output == "" && check.requests.isEmpty)
        #expect(check.complaint.contains(part))
    }

    @Test func saysWhatToDoWithoutMetadata() async throws {
        let check = try await ProfileCheck("oidc-basic", changing: ["issuer": "https://issuer.example/"])
        #expect(check.status == .refused && check.output == "")
        #expect(check.complaint.contains("the trailing slash counts"))
    }
}

/// One `login-tool profile check` of a scripted provider.
private struct ProfileCheck {
    struct Row {
        let id, requirement, source, provider, library, verdict: String
    }

    let status: LoginTool.Status
    let output, complaint: String
    let requests: [TransportRequest]

    init(
        _ profile: String, changing members: JSONObject = [:], _ variables: [String: String] = [:], isJSON: Bool = true,
        hasColor: Bool = false
    ) async throws {
        var provider = try ScriptedProvider()
        provider.metadata = ["subject_types_supported": ["public"]]
        for (name, value) in members.members { provider.metadata[name] = value }
        let examination = await Examination(
            provider, ["profile", "check", profile] + (isJSON ? ["--json"] : []), changing: variables,
            hasColor: hasColor)
        (status, output, complaint) = (examination.status, examination.output, examination.complaint)
        requests = examination.requests
    }

    var rows: [Row] {
        let report = JSONValue(parsing: Array(output.utf8))?.objectValue
        return (report?["requirements"]?.arrayValue ?? []).map { value in
            let text = { (name: String) in value.objectValue?[name]?.stringValue ?? "" }
            return Row(
                id: text("id"), requirement: text("requirement"), source: text("source"), provider: text("provider"),
                library: text("library"), verdict: text("verdict"))
        }
    }
}
