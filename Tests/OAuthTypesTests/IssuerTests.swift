import OAuthTypes
import Testing

@Suite struct IssuerTests {
    @Test(arguments: [
        ("https://login.example", "https://login.example/.well-known/openid-configuration"),
        ("https://login.example/", "https://login.example/.well-known/openid-configuration"),
        ("https://login.example/tenant", "https://login.example/tenant/.well-known/openid-configuration"),
        ("https://login.example/tenant/", "https://login.example/tenant/.well-known/openid-configuration"),
        ("https://login.example//", "https://login.example//.well-known/openid-configuration"),
    ])
    func knowsWhereItsMetadataIs(_ text: String, expected: String) throws {
        #expect(try Issuer(text).configurationURL().text == expected)
    }

    @Test func isComparedOctetByOctet() throws {
        #expect(try Issuer("https://login.example") != Issuer("https://login.example/"))
        #expect(try Issuer("https://login.example") != Issuer("https://Login.example"))
        #expect(try Issuer("https://login.example") != Issuer("https://login.example:443"))
        #expect(try Issuer("https://login.example/a") == Issuer("https://login.example/a"))
    }

    @Test(arguments: [
        ("https://login.example?", IdentifierError.URLRule.query), ("https://login.example/?a=b", .query),
        ("https://login.example/#a", .fragment), ("http://login.example", .scheme), ("http://localhost:3001", .scheme),
    ])
    func refusesWhatNoIssuerHas(_ text: String, reason: IdentifierError.URLRule) {
        #expect(throws: IdentifierError.url(reason)) { try Issuer(text) }
    }

    @Test func keepsItsPermissionForLoopback() throws {
        let issuer = try Issuer("http://localhost:3001", allowing: .loopback)
        #expect(try issuer.configurationURL().text == "http://localhost:3001/.well-known/openid-configuration")
    }

    @Test func refusesAMetadataURLBeyondTheBound() throws {
        let base = "https://a.example/"
        let issuer = try Issuer(base + String(repeating: "x", count: 2048 - base.utf8.count))
        #expect(throws: IdentifierError.url(.characters)) { try issuer.configurationURL() }
    }
}
