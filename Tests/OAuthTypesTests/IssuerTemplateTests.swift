import OAuthTypes
import Testing

@Suite struct IssuerTemplateTests {
    static let tenant = "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4e"

    @Test(arguments: [
        "https://login.example/{tenantid}/v2.0", "https://sts.example/{tenantid}/", "https://a.example/x/{tenantid}",
    ])
    func aTenantMakesAnIssuerAndIsFoundInIt(_ text: String) throws {
        let template = try IssuerTemplate(text)
        let issuer = try template.issuer(of: TenantID(Self.tenant))
        #expect(issuer.text == text.replacing("{tenantid}", with: Self.tenant))
        #expect(template.tenant(of: issuer.text)?.text == Self.tenant)
        for other in [text, issuer.text + "/", "x" + issuer.text, issuer.text.uppercased(), "", Self.tenant] {
            #expect(template.tenant(of: other) == nil)
        }
    }

    @Test(
        arguments: [
            "https://login.example/", "https://login.example/{tenantid}/{tenantid}", "https://{tenantid}.example/",
            "https://{tenantid}/", "{tenantid}", "http://login.example/{tenantid}",
            "https://login.example/?t={tenantid}",
            "https://login.example/{tenantid}?a", "https://login.example/{tenantid}#a",
            "https://login.example/{TENANTID}/",
            "https://login.example/{tenantid", "https://u@login.example/{tenantid}", "",
        ])
    func whatMakesNoIssuerIsNoTemplate(_ text: String) {
        #expect(throws: IdentifierError.self) { try IssuerTemplate(text) }
    }

    @Test(
        arguments: [
            "", "common", "8A5E5C3B-1F1D-4A55-9A27-6C0E3F1B2D4E", "8a5e5c3b1f1d4a559a276c0e3f1b2d4e",
            "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4", "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4g",
            "8a5e5c3b-1f1d-4a55-9a276-c0e3f1b2d4e", "{8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4e}",
            "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4\u{E9}",
        ])
    func aTenantIsAGUIDInLowerCase(_ text: String) {
        #expect(throws: IdentifierError.self) { try TenantID(text) }
    }

    @Test func anOrganizationIsAnIdentifierOrAName() throws {
        #expect(try Organization("org_1").isIdentifier)
        #expect(try !Organization("acme").isIdentifier && !Organization("ORG_1").isIdentifier)
        for text in ["", "a\u{7}", "\u{FC}", String(repeating: "a", count: 129)] {
            #expect(throws: IdentifierError.self) { try Organization(text) }
        }
    }
}
