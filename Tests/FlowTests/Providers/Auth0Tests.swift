import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Auth0: organizations, invitations, connections, and a logout of its own.
@Suite struct Auth0Tests {
    private func app(
        _ organizations: LoginSettings.Organizations = .unused, hooks: any LoginHooks = NoHooks(),
        claims: @escaping @Sendable (inout JSONObject) -> Void = { _ in },
        metadata: @escaping @Sendable (inout JSONObject) -> Void = { _ in }
    ) throws -> OddApp {
        try KnownApp.open(
            .auth0(domain: "shop.eu.auth0.com"), hooks: hooks,
            bend: {
                $0.also(claims)
                $0.alsoInMetadata(metadata)
            },
            configure: { $0.organizations = organizations })
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let organizations: [String]?
        let claims: JSONObject
        var refusal: String?
        var testDescription: String { "\(organizations ?? ["any"]) \(claims.members.map { "\($0.name)=\($0.value)" })" }
    }

    static let cases: [Case] = [
        Case(organizations: ["org_1"], claims: ["org_id": "org_1"]),
        Case(organizations: ["org_1"], claims: ["org_id": "ORG_1"], refusal: "expected 'org_1', found 'ORG_1'"),
        Case(organizations: ["org_1"], claims: ["org_id": "org_10"], refusal: "expected 'org_1', found 'org_10'"),
        Case(organizations: ["org_1"], claims: [:], refusal: "the claim org_id is missing"),
        Case(organizations: ["acme"], claims: ["org_id": "org_1", "org_name": "Acme"]),
        Case(organizations: ["acme"], claims: ["org_id": "org_1"], refusal: "the claim org_name is missing"),
        Case(organizations: ["acme"], claims: ["org_name": "acme2"], refusal: "expected 'acme', found 'acme2'"),
        Case(organizations: ["org_1", "org_2"], claims: ["org_id": "org_2"]),
        Case(organizations: ["org_1", "org_2"], claims: ["org_id": "org_3"], refusal: "org_3"),
        Case(organizations: nil, claims: ["org_id": "org_9"]),
        Case(organizations: nil, claims: [:], refusal: "the claim org_id is missing"),
    ]

    private func setting(_ names: [String]?) throws -> LoginSettings.Organizations {
        guard let organizations = try names?.map(Organization.init) else { return .any }
        return organizations.count == 1 ? .only(organizations[0]) : .oneOf(organizations)
    }

    @Test(arguments: cases) func aLoginIsHeldToItsOrganization(_ one: Case) async throws {
        let claims = one.claims
        let app = try app(
            setting(one.organizations), claims: { for (name, value) in claims.members { $0[name] = value } })
        let login = await app.begin()
        #expect(login.parameter("organization") == (one.organizations?.count == 1 ? one.organizations?.first : nil))
        let reply = await app.comeBack(login)
        guard let refusal = one.refusal else { return #expect(reply.beginsSession) }
        #expect(reply.status == 502)
        #expect(app.diagnosis.contains(refusal))
    }

    @Test func withoutOrganizationsTheClaimSaysNothing() async throws {
        #expect(await (try app(claims: { $0["org_id"] = "org_1" })).logIn().beginsSession)
    }

    static let refreshes: [(LoginSettings.Organizations, JSONValue?, String?)] = [
        (.any, "org_1", nil), (.any, "org_2", "wrong_org_id"), (.any, .none, "missing_org_id"),
        (.any, "ORG_1", "wrong_org_id"), (.unused, "org_1", nil), (.unused, "org_2", "wrong_org_id"),
        (.unused, .none, nil), (.any, 7, "malformed_org_id"),
    ]

    @Test(arguments: refreshes) func aRefreshStaysWithTheOrganization(
        _ organizations: LoginSettings.Organizations, _ found: JSONValue?, _ code: String?
    ) async throws {
        let app = try app(organizations, claims: { $0["org_id"] = "org_1" })
        let cookie = await app.loggedIn()
        app.provider.bend { $0.also { $0["org_id"] = found } }
        #expect(try await app.refresh(cookie) == code)
    }

    /// Takes invitation and organization from the query of the login, as Auth0's link brings them.
    private struct Invitations: LoginHooks {
        let organization: String
        func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
            request.organization = try Organization(organization)
            request.invitation = "ticket"
        }
        func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
    }

    @Test func aLoginForWhichAHookNamesAnOrganizationIsHeldToIt() async throws {
        for (found, begins) in [("org_1", true), ("org_2", false)] {
            let app = try app(hooks: Invitations(organization: "org_1"), claims: { $0["org_id"] = .string(found) })
            let login = await app.begin()
            #expect(login.parameter("invitation") == "ticket" && login.parameter("organization") == "org_1")
            #expect(await app.comeBack(login).beginsSession == begins)
        }
    }

    @Test func aHookCannotLeaveTheOrganizationsOfTheSettings() async throws {
        let app = try app(
            .oneOf([Organization("org_1")]), hooks: Invitations(organization: "org_2"),
            claims: { $0["org_id"] = "org_2" })
        #expect(await app.logIn().status == 502)
    }

    @Test func connectionAndScreenHintGoOut() async throws {
        let app = try KnownApp.open(
            .auth0(domain: "shop.eu.auth0.com"),
            configure: {
                $0.connection = "google-oauth2"
                $0.screenHint = "signup"
            })
        let login = await app.begin()
        #expect(login.parameter("connection") == "google-oauth2" && login.parameter("screen_hint") == "signup")
    }

    @Test func withoutAnEndSessionEndpointTheLogoutIsAuth0s() async throws {
        let app = try app()
        let expected = "https://shop.eu.auth0.com/v2/logout?client_id=web-app&returnTo=https%3A%2F%2Fapp.example%2F"
        #expect(try await app.logout(app.loggedIn()) == expected)
    }

    @Test func withAnEndSessionEndpointTheLogoutIsTheStandards() async throws {
        let app = try app(metadata: { $0["end_session_endpoint"] = "https://shop.eu.auth0.com/oidc/logout" })
        let location = try await app.logout(app.loggedIn())
        #expect(location.hasPrefix("https://shop.eu.auth0.com/oidc/logout?id_token_hint="))
        #expect(location.contains("&post_logout_redirect_uri=") && location.contains("&state="))
    }
}
