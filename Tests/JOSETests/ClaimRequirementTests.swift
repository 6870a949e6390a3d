import JOSE
import OAuthTypes
import Testing
import WireFormats

/// Claims that an app demands: an organization at Auth0, a hosted domain at Google.
@Suite struct ClaimRequirementTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    private func refusal(_ changes: [String: JSONValue?], _ requirements: ClaimRequirement...) throws -> String? {
        var expectations = issuer.expectations()
        expectations.requiredClaims = requirements
        return try issuer.refusal(changes, expecting: expectations)
    }

    static let byIdentifier: [(String?, [String: JSONValue?])] = [
        (nil, ["org_id": "org_Ab1"]), (nil, ["org_id": "org_Ab1", "org_name": "other"]),
        ("wrong_org_id", ["org_id": "org_ab1"]), ("wrong_org_id", ["org_id": "org_Ab12"]),
        ("wrong_org_id", ["org_id": "org_Ab"]), ("malformed_org_id", ["org_id": ""]),
        ("malformed_org_id", ["org_id": ["org_Ab1"]]), ("malformed_org_id", ["org_id": .null]),
        ("missing_org_id", [:]), ("missing_org_id", ["org_name": "org_Ab1"]),
    ]

    @Test(arguments: byIdentifier)
    func anIdentifierIsComparedOctetByOctet(_ code: String?, _ claims: [String: JSONValue?]) throws {
        #expect(try refusal(claims, .organization(isOneOf: [Organization("org_Ab1")])) == code)
    }

    static let byName: [(String?, [String: JSONValue?])] = [
        (nil, ["org_name": "acme-1"]), (nil, ["org_name": "ACME-1", "org_id": "org_x"]),
        ("wrong_org_name", ["org_name": "acme-10"]), ("wrong_org_name", ["org_name": "acme\u{2D}\u{11}"]),
        ("malformed_org_name", ["org_name": 1]), ("missing_org_name", [:]), ("missing_org_name", ["org_id": "acme-1"]),
    ]

    @Test(arguments: byName)
    func aNameIsComparedWithoutCase(_ code: String?, _ claims: [String: JSONValue?]) throws {
        #expect(try refusal(claims, .organization(isOneOf: [Organization("Acme-1")])) == code)
    }

    @Test func oneOfSeveralOrganizationsIsEnough() throws {
        let requirement = ClaimRequirement.organization(isOneOf: try [Organization("org_1"), Organization("acme")])
        #expect(try refusal(["org_id": "org_1", "org_name": "x"], requirement) == nil)
        #expect(try refusal(["org_id": "org_9", "org_name": "ACME"], requirement) == nil)
        #expect(try refusal(["org_id": "org_9", "org_name": "x"], requirement) == "wrong_org_id")
        #expect(try refusal(["org_id": "org_1"], .organization(isOneOf: [])) == "wrong_org_id")
        #expect(try refusal([:], .organization(isOneOf: [])) == "missing_org_id")
    }

    @Test func anyOrganizationIsStillOne() throws {
        #expect(try refusal(["org_id": "org_1"], .anyOrganization) == nil)
        #expect(try refusal(["org_name": "acme"], .anyOrganization) == "missing_org_id")
        #expect(try refusal(["org_id": ""], .anyOrganization) == "malformed_org_id")
    }

    @Test func onlyASCIILettersHaveACase() throws {
        // The Kelvin sign and the long s become k and s where a whole alphabet is folded; "[" and "{" differ by a bit.
        for found in ["\u{212A}elvin", "kelvi\u{17F}", "kelvin{"] {
            let requirement = ClaimRequirement(
                .hostedDomain, isOneOf: ["kelvin", "kelvis", "kelvin["], comparing: .ignoringCase)
            #expect(try refusal(["hd": .string(found)], requirement) == "wrong_hd")
        }
    }

    @Test func aRefreshMayLackWhatItNeedNotHaveButNotChangeIt() throws {
        var expectations = IDTokenExpectations(
            refreshOf: try SubjectID("user-1"), issuer: issuer.issuer, clientID: issuer.clientID, nonce: "n-1",
            authTime: nil, accessToken: nil)
        var requirement = ClaimRequirement(.hostedDomain, isOneOf: ["shop.example"])
        expectations.requiredClaims = [requirement]
        #expect(try issuer.refusal([:], expecting: expectations) == "missing_hd")
        requirement.mayBeAbsentAtRefresh = true
        expectations.requiredClaims = [requirement]
        #expect(try issuer.refusal([:], expecting: expectations) == nil)
        #expect(try issuer.refusal(["hd": "evil.example"], expecting: expectations) == "wrong_hd")
        #expect(try refusal([:], requirement) == "missing_hd", "a login may not lack it")
    }

    @Test func theDiagnosisShowsBothOrganizations() throws {
        var expectations = issuer.expectations()
        expectations.requiredClaims = [.organization(isOneOf: [try Organization("org_1")])]
        let error = #expect(throws: TokenValidationError.self) {
            try issuer.verifier.verify(
                issuer.idToken(["org_id": "org_2\n"]), expecting: expectations, at: TestIssuer.now)
        }
        #expect(error?.description.contains("expected 'org_1', found 'org_2?'") == true)
    }
}
