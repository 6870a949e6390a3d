import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// A provider with an issuer per tenant, as Microsoft Entra is: the template's rule is the check of the issuer, and nothing
/// is left out for it.
@Suite struct IssuerRuleTests {
    static let home = "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4e"
    static let other = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
    static let text = "https://login.example/{tenantid}/v2.0"

    let keys: TestIssuer
    let template: IssuerTemplate

    init() throws {
        keys = try TestIssuer.get()
        template = try IssuerTemplate(Self.text)
    }

    private static func issuer(_ tenant: String) -> JSONValue { .string("https://login.example/\(tenant)/v2.0") }

    private func expectations(_ tenants: IssuerRule.Tenants) -> IDTokenExpectations {
        var expectations = keys.expectations()
        expectations.issuerRule = .template(template, tenants: tenants)
        return expectations
    }

    private func verifier(_ change: (inout JSONObject) -> Void) throws -> IDTokenVerifier<LocalJWKSet> {
        var jwk = keys.key.publicJWK
        change(&jwk)
        let set = try JWKSet(jwks: ["keys": [.object(jwk)]])
        return IDTokenVerifier(keys: LocalJWKSet(set, of: keys.issuer), algorithms: [.rs256])
    }

    private func refusal(
        _ changes: [String: JSONValue?], _ tenants: IssuerRule.Tenants? = nil,
        key change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String? {
        let tenants = try tenants ?? .only([TenantID(Self.home)])
        let raw = RawIDToken(try keys.key.signed(type: "JWT", claims: keys.claims(changes)).exposedText)
        return keys.refusal(of: raw, by: try verifier(change), expecting: expectations(tenants))
    }

    @Test func aTokenOfItsOwnTenantIsTakenUnderItsOwnIssuer() throws {
        let changes: [String: JSONValue?] = ["iss": Self.issuer(Self.home), "tid": .string(Self.home)]
        let raw = RawIDToken(try keys.key.signed(type: "JWT", claims: keys.claims(changes)).exposedText)
        let token = try verifier { _ in }.verify(
            raw, expecting: expectations(.only([TenantID(Self.home)])), at: TestIssuer.now)
        #expect(token.issuer.text == "https://login.example/\(Self.home)/v2.0")
    }

    /// What an attacker with a tenant of his own, or with a provider's mistake, could send.
    static let attacks: [(String, [String: JSONValue?])] = [
        ("wrong_tid", ["iss": issuer(other), "tid": .string(other)]),
        ("wrong_iss", ["iss": issuer(home), "tid": .string(other)]),
        ("wrong_iss", ["iss": issuer(other), "tid": .string(home)]),
        ("missing_tid", ["iss": issuer(home)]),
        ("malformed_tid", ["iss": issuer(home), "tid": .null]),
        ("malformed_tid", ["iss": issuer(home), "tid": 7]),
        ("malformed_tid", ["iss": issuer(home), "tid": [.string(home)]]),
        ("malformed_tid", ["iss": issuer(home), "tid": ""]),
        ("malformed_tid", ["iss": .string(text), "tid": "{tenantid}"]),
        ("wrong_iss", ["iss": .string(text), "tid": .string(home)]),
        ("malformed_tid", ["iss": issuer(home.uppercased()), "tid": .string(home.uppercased())]),
        ("wrong_iss", ["iss": issuer(home.uppercased()), "tid": .string(home)]),
        ("malformed_tid", ["iss": "https://login.example/x/../y/v2.0", "tid": "x/../y"]),
        ("malformed_tid", ["iss": issuer("common"), "tid": "common"]),
        ("wrong_iss", ["iss": .string("https://login.example/\(home)/v2.0/"), "tid": .string(home)]),
        ("wrong_iss", ["iss": .string("https://login.example/\(home)"), "tid": .string(home)]),
        ("wrong_iss", ["iss": .string("https://evil.example/\(home)/v2.0"), "tid": .string(home)]),
        ("wrong_iss", ["iss": "https://issuer.example", "tid": .string(home)]),
        ("missing_iss", ["iss": .none, "tid": .string(home)]),
    ]

    @Test(arguments: attacks)
    func refusesEveryOtherPairOfIssuerAndTenant(_ code: String, _ changes: [String: JSONValue?]) throws {
        #expect(try refusal(changes) == code)
        // Without a list of tenants only the list is missing.
        #expect(try refusal(changes, .anyTenant) == (code == "wrong_tid" ? nil : code))
    }

    @Test func anEmptyListOfTenantsTakesNobody() throws {
        #expect(try refusal(["iss": Self.issuer(Self.home), "tid": .string(Self.home)], .only([])) == "wrong_tid")
    }

    static let keyIssuers: [(JSONValue?, String?)] = [
        (.none, nil), (.string(text), nil), (issuer(home), nil), (issuer(other), "key_of_another_issuer"),
        ("https://login.example", "key_of_another_issuer"), ("", "key_of_another_issuer"),
        (.null, "key_of_another_issuer"), (7, "key_of_another_issuer"),
    ]

    @Test(arguments: keyIssuers)
    func aKeySignsForTheIssuerThatItNames(_ named: JSONValue?, _ code: String?) throws {
        let changes: [String: JSONValue?] = ["iss": Self.issuer(Self.home), "tid": .string(Self.home)]
        #expect(try refusal(changes) { $0["issuer"] = named } == code)
    }

    @Test func twoKeysOfOneNameAndTwoIssuersSignForNeither() throws {
        var (first, second) = (keys.key.publicJWK, keys.otherKey.publicJWK)
        first["issuer"] = Self.issuer(Self.home)
        second["issuer"] = Self.issuer(Self.other)
        second["kid"] = first["kid"]
        let set = try JWKSet(jwks: ["keys": [.object(first), .object(second)]])
        let verifier = IDTokenVerifier(keys: LocalJWKSet(set, of: keys.issuer), algorithms: [.rs256])
        let token = try keys.idToken(["iss": Self.issuer(Self.home), "tid": .string(Self.home)])
        #expect(
            keys.refusal(of: token, by: verifier, expecting: expectations(.anyTenant)) == "key_of_another_issuer")
    }

    @Test func withoutATemplateTheMemberOfAKeySaysNothing() throws {
        let token = try keys.idToken()
        let verifier = try verifier { $0["issuer"] = "https://another.example" }
        #expect(keys.refusal(of: token, by: verifier) == nil)
    }

    @Test func aRefreshStaysWithTheTenantOfTheLogin() throws {
        var expectations = IDTokenExpectations(
            refreshOf: try SubjectID("user-1"), issuer: keys.issuer, clientID: keys.clientID, nonce: "n-1",
            authTime: nil,
            accessToken: nil)
        let rule = IssuerRule.template(template, tenants: .anyTenant)
        expectations.issuerRule = rule.narrowed(to: "https://login.example/\(Self.home)/v2.0")
        let home = try keys.idToken(["iss": Self.issuer(Self.home), "tid": .string(Self.home)])
        let other = try keys.idToken(["iss": Self.issuer(Self.other), "tid": .string(Self.other)])
        #expect(keys.refusal(of: home, by: try keys.verifier, expecting: expectations) == nil)
        #expect(keys.refusal(of: other, by: try keys.verifier, expecting: expectations) == "wrong_tid")
        expectations.issuerRule = rule.narrowed(to: "https://login.example/elsewhere")
        #expect(keys.refusal(of: home, by: try keys.verifier, expecting: expectations) == "wrong_tid")
    }

    @Test func sessionsOfATenantThatIsNoLongerNamedAreNotAccepted() throws {
        let rule = try IssuerRule.template(template, tenants: .only([TenantID(Self.home)]))
        #expect(rule.accepts("https://login.example/\(Self.home)/v2.0", where: keys.issuer))
        #expect(!rule.accepts("https://login.example/\(Self.other)/v2.0", where: keys.issuer))
        #expect(!rule.accepts(keys.issuer.text, where: keys.issuer) && !rule.accepts(Self.text, where: keys.issuer))
        #expect(IssuerRule.exact.accepts(keys.issuer.text, where: keys.issuer))
        #expect(!IssuerRule.exact.accepts(keys.issuer.text + "/", where: keys.issuer))
    }
}
