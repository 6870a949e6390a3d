import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

@Suite struct UnsupportedProviderErrorTests {
    struct Requirement: CustomTestStringConvertible, Sendable {
        let member: String
        let value: JSONValue
        let detail: String
        var testDescription: String { "\(member): \(value)" }
    }

    static let requirements: [Requirement] = [
        Requirement(member: "require_pushed_authorization_requests", value: true, detail: "provider = .fixed"),
        Requirement(member: "require_signed_request_object", value: true, detail: "provider = .fixed"),
        Requirement(member: "response_modes_supported", value: ["form_post"], detail: "provider = .fixed"),
        Requirement(
            member: "token_endpoint_auth_methods_supported", value: ["private_key_jwt"], detail: "LOGIN_CLIENT_AUTH"),
        Requirement(
            member: "id_token_signing_alg_values_supported", value: ["ES384", "PS256"], detail: "LOGIN_ID_TOKEN_ALG"),
        Requirement(
            member: "id_token_signing_alg_values_supported", value: ["HS256"],
            detail: "LOGIN_DEVIATIONS=hs256-client-secret"),
        Requirement(member: "id_token_signing_alg_values_supported", value: ["ES256K"], detail: "LOGIN_ID_TOKEN_ALG"),
    ]

    @Test(arguments: requirements) func isRefusedBeforeAUserIsSentAway(_ requirement: Requirement) async throws {
        let app = try OddApp(bend: { $0.metadata = { $0[requirement.member] = requirement.value } })
        for _ in 1...2 {
            let begun = await app.begin()
            #expect(begun.reply.status == 500)
            #expect(begun.reply.fields.values(named: "Set-Cookie").isEmpty)
        }
        #expect(app.events.refusals == ["provider_demand_unmet", "provider_demand_unmet"])
        #expect(app.diagnosis.contains("'\(requirement.member)'"))
        #expect(app.diagnosis.contains(requirement.detail))
        #expect(app.provider.requests.map(\.url.path) == ["/.well-known/openid-configuration"])
    }

    @Test func whatTheProviderListsIsShownCutAndPrintable() async throws {
        let names = [JSONValue.string("x'\u{1B}[31m" + String(repeating: "y", count: 500))]
        let app = try OddApp(bend: { $0.metadata = { $0["id_token_signing_alg_values_supported"] = .array(names) } })
        _ = await app.begin()
        #expect(app.diagnosis.utf8.count < 600)
        #expect(app.diagnosis.utf8.allSatisfy { $0 >= 0x20 })
    }

    @Test(
        arguments: [
            ("response_modes_supported", ["query", "fragment"]), ("response_modes_supported", []),
            ("token_endpoint_auth_methods_supported", ["client_secret_post"]),
            ("token_endpoint_auth_methods_supported", ["none", "client_secret_basic"]),
            ("token_endpoint_auth_methods_supported", []),
            ("id_token_signing_alg_values_supported", ["none", "HS256", "RS256"]),
            ("require_pushed_authorization_requests", nil),
        ] as [(String, [String]?)])
    func whatIsSupportedIsNotRefused(_ member: String, list: [String]?) async throws {
        let value = list.map { JSONValue.array($0.map(JSONValue.string)) } ?? .bool(false)
        let app = try OddApp(bend: { $0.metadata = { $0[member] = value } })
        #expect(await app.logIn().beginsSession)
    }

    // Following the advice of each diagnosis leads to a login.
    @Test func theAdviceAboutAuthenticationLeadsToALogin() async throws {
        let app = try OddApp(
            bend: { $0.metadata = { $0["token_endpoint_auth_methods_supported"] = ["private_key_jwt"] } },
            configure: {
                $0.clientCredential = .secret(
                    $0.clientCredential.clientSecret ?? ClientSecret(""), method: .clientSecretPost)
            })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.lastTokenForm.contains("client_secret="))
    }

    @Test func theAdviceAboutPushedRequestsLeadsToALogin() async throws {
        let app = try OddApp(
            bend: { $0.metadata = { $0["require_pushed_authorization_requests"] = true } },
            configure: { $0.provider = .fixed(try OddApp.byHand()) })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/.well-known/openid-configuration") == 0)
    }

    @Test func aHookMayAskForFormPost() async throws {
        struct Hook: LoginHooks {
            func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
                request.responseMode = .formPost
            }
            func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
        }
        let app = try OddApp(hooks: Hook())
        let location = await app.begin().reply.fields.onlyValue(named: "Location") ?? ""
        #expect(location.contains("response_mode=form_post"))
    }

    @Test func aProviderThatAnswersByFormPostOnlyIsAskedFor() async throws {
        let app = try OddApp(
            bend: { $0.metadata = { $0["response_modes_supported"] = ["form_post"] } },
            configure: { $0.responseMode = .formPost })
        #expect(await app.logIn().beginsSession)
    }
}

extension OddApp {
    /// The provider's metadata as an integrator would write it down.
    static func byHand() throws -> ProviderMetadata {
        try ProviderMetadata(
            issuer: Issuer(OddProvider.issuer), authorizationEndpoint: EndpointURL(OddProvider.issuer + "/authorize"),
            tokenEndpoint: EndpointURL(OddProvider.issuer + "/token"),
            jwksURI: EndpointURL(OddProvider.issuer + "/jwks"))
    }
}
