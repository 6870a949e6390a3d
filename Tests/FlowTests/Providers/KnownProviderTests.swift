import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// What each preset makes of its arguments.
@Suite struct KnownProviderTests {
    static let issuers: [(KnownProvider, String)] = [
        (.auth0(domain: "Shop.EU.auth0.com"), "https://shop.eu.auth0.com/"),
        (.entra(tenant: EntraTests.home.uppercased()), "https://login.microsoftonline.com/\(EntraTests.home)/v2.0"),
        (.entra(tenant: EntraTests.home, version: .v1), "https://sts.windows.net/\(EntraTests.home)/"),
        (.google, "https://accounts.google.com"), (.apple, "https://appleid.apple.com"),
        (.okta(domain: "shop.okta.com"), "https://shop.okta.com"),
        (.okta(domain: "shop.okta.com", authorizationServer: "default"), "https://shop.okta.com/oauth2/default"),
        (.keycloak(base: "https://sso.example", realm: "shop"), "https://sso.example/realms/shop"),
        (.keycloak(base: "https://sso.example/auth/", realm: "shop"), "https://sso.example/auth/realms/shop"),
        (
            .keycloak(base: "http://localhost:8080", realm: "shop", allowing: .loopback),
            "http://localhost:8080/realms/shop"
        ),
        (
            .cognito(region: "eu-central-1", userPool: "eu-central-1_aB3"),
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aB3"
        ),
        (
            .cognito(region: "cn-north-1", userPool: "cn-north-1_aB3"),
            "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_aB3"
        ),
        (.linkedIn, "https://www.linkedin.com/oauth"), (.line, "https://access.line.me"),
        (.twitch, "https://id.twitch.tv/oauth2"), (.slack, "https://slack.com"),
        (.zitadel(domain: "shop-1.zitadel.cloud"), "https://shop-1.zitadel.cloud"),
    ]

    @Test(arguments: issuers) func hasItsIssuerAndNoFault(_ provider: KnownProvider, _ issuer: String) throws {
        let settings = try KnownApp.settings(provider)
        #expect(settings.issuer.text == issuer)
        #expect(settings.allFaults == [])
        #expect(provider.faults.isEmpty)
    }

    static let mistakes: [(KnownProvider, String)] = [
        (.auth0(domain: ""), "domain: it is empty"),
        (.auth0(domain: "https://shop.auth0.com"), "domain: it has a scheme"),
        (.auth0(domain: "shop.auth0.com/"), "domain: it has a path"),
        (.auth0(domain: "shop.auth0.com:443"), "domain: it has a port"),
        (.auth0(domain: "shop auth0"), "domain: it is no host"), (.auth0(domain: "a@b.com"), "domain: it is no host"),
        (.auth0(domain: "shop.auth0.com?x"), "domain: it is no host"),
        (.auth0(domain: "shop.auth0.com#x"), "domain: it is no host"),
        (.entra(tenant: ""), "tenant: it is empty"), (.entra(tenant: "common"), "tenant: 'common' is no tenant ID"),
        (.entra(tenant: "shop.onmicrosoft.com"), "tenant: 'shop.onmicrosoft.com' is no tenant ID"),
        (.entra(tenants: .only([])), "tenants: the list is empty, so nobody could log in"),
        (.entra(tenants: .only([EntraTests.home, "x"])), "tenants: 'x' is no tenant ID"),
        (.google(hostedDomain: ""), "hostedDomain: it is empty"),
        (.google(hostedDomain: "*"), "hostedDomain: it is no host"),
        (.okta(domain: "shop-admin.okta.com"), "domain: it is the address of the admin console"),
        (.okta(domain: "shop.okta.com", authorizationServer: ""), "authorizationServer: it is empty"),
        (
            .okta(domain: "shop.okta.com", authorizationServer: "a/b"),
            "authorizationServer: it has other characters than letters, digits, - . _ ~"
        ),
        (.keycloak(base: "", realm: "shop"), "base: \(IdentifierError.url(.characters))"),
        (.keycloak(base: "sso.example", realm: "shop"), "base: \(IdentifierError.url(.scheme))"),
        (.keycloak(base: "http://localhost:8080", realm: "shop"), "base: \(IdentifierError.url(.scheme))"),
        (.keycloak(base: "https://sso.example/realms/a", realm: "b"), "base: it has a realm already"),
        (.keycloak(base: "https://sso.example", realm: ""), "realm: it is empty"),
        (
            .keycloak(base: "https://sso.example", realm: "my shop"),
            "realm: it has other characters than letters, digits, - . _ ~"
        ),
        (
            .keycloak(base: "https://sso.example", realm: ".."),
            "realm: it has other characters than letters, digits, - . _ ~"
        ),
        (.cognito(region: "", userPool: "x"), "region: it is empty"),
        (.cognito(region: "eu-central-1", userPool: "aB3"), "userPool: it does not begin with the region"),
        (.cognito(region: "eu-central-1", userPool: "eu-central-1_"), "userPool: it does not begin with the region"),
        (
            .cognito(region: "evil.example/", userPool: "x"),
            "region: it has other characters than letters, digits, - . _ ~"
        ),
        (.zitadel(domain: "https://x"), "domain: it has a scheme"),
    ]

    @Test(arguments: mistakes) func namesTheMistakeAndTheFix(_ provider: KnownProvider, _ fault: String) throws {
        #expect(KnownApp.faults(provider) == [fault])
        #expect(provider.faults.allSatisfy { !$0.fix.isEmpty })
        #expect(provider.source == nil)
    }

    @Test func theFixForTheAdminConsoleIsTheRightDomain() {
        #expect(
            KnownProvider.okta(domain: "shop-admin.okta.com").faults.first?.fix == "Leave out '-admin': shop.okta.com.")
    }

    @Test func whatAPresetSetsCanBeChanged() throws {
        var settings = try KnownApp.settings(.cognito(region: "eu-central-1", userPool: "eu-central-1_aB3"))
        #expect(settings.deviations == [.newAuthTimeAtRefresh] && settings.providerLogout == .amazonCognito)
        settings.deviations = []
        settings.providerLogout = .standard
        #expect(settings.allFaults == [])
    }

    @Test func linkedInAndLINEBringTheirDeviations() throws {
        #expect(try KnownApp.settings(.linkedIn).deviations == [.linkedIn])
        #expect(try KnownApp.settings(.line).deviations == [.hs256ByClientSecret])
        #expect(try KnownApp.settings(.line, secret: "short").allFaults.map(\.setting) == ["deviations"])
        let zitadel = KnownProvider.zitadel(domain: "shop-1.zitadel.cloud", trustedAudiences: ["383168317235462148"])
        #expect(try KnownApp.settings(zitadel).deviations == [.trustedAudiences(["383168317235462148"])])
    }

    @Test func anExtraParameterOfTheFlowIsAFault() throws {
        var settings = try KnownApp.settings(.google)
        settings.extraParameters = [("state", "mine")]
        #expect(settings.allFaults.map(\.setting) == ["extraParameters"])
        settings.extraParameters = [("access_type", "online")]
        #expect(settings.allFaults.map(\.setting) == ["extraParameters"], "it is there twice")
        settings.extraParameters = [("include_granted_scopes", "true")]
        #expect(settings.allFaults == [])
    }
}
