import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// Microsoft Entra: metadata with a template, tokens of many tenants, keys with an issuer.
@Suite struct EntraTests {
    static let home = "8a5e5c3b-1f1d-4a55-9a27-6c0e3f1b2d4e"
    static let other = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
    static let personal = "9188040d-6c67-4c5b-b112-36a304b66dad"
    static let base = "https://login.microsoftonline.com"

    private func app(
        _ tenants: EntraTenants, version: EntraVersion = .v2, of tenant: String = home,
        cookies: CookieSessions? = nil, bend: (inout OddProvider.Bends) -> Void = { _ in }
    ) throws -> OddApp {
        let form = version == .v2 ? "\(Self.base)/{tenantid}/v2.0" : "https://sts.windows.net/{tenantid}/"
        return try KnownApp.open(
            .entra(tenants: tenants, version: version), cookies: cookies,
            bend: {
                $0.alsoInMetadata { $0["issuer"] = .string(form) }
                $0.also { claims in
                    claims["iss"] = .string(form.replacing("{tenantid}", with: tenant))
                    claims["tid"] = .string(tenant)
                }
                bend(&$0)
            })
    }

    @Test(arguments: [EntraVersion.v1, .v2]) func aTenantOfTheListLogsIn(_ version: EntraVersion) async throws {
        let app = try app(.only([Self.home]), version: version)
        let session = try #require(await app.session(app.logIn()))
        let issuer = version == .v2 ? "\(Self.base)/\(Self.home)/v2.0" : "https://sts.windows.net/\(Self.home)/"
        #expect(session.issuer == issuer)
        #expect(
            app.provider.count(
                version == .v2
                    ? "/organizations/v2.0/.well-known/openid-configuration"
                    : "/organizations/.well-known/openid-configuration") == 1)
    }

    @Test func aForeignTenantIsRefusedAndTheLogNamesBoth() async throws {
        let app = try app(.only([Self.home]), of: Self.other)
        #expect(await app.logIn().status == 502)
        #expect(
            app.diagnosis.contains("tid") && app.diagnosis.contains(Self.home) && app.diagnosis.contains(Self.other))
    }

    @Test func everyTenantLogsInWhereThatIsSaid() async throws {
        for tenant in [Self.home, Self.other] {
            #expect(await (try app(.anyTenant, of: tenant)).logIn().beginsSession)
        }
        let common = try app(.anyTenantOrPersonalAccount, of: Self.personal)
        #expect(await common.logIn().beginsSession)
        #expect(common.provider.count("/common/v2.0/.well-known/openid-configuration") == 1)
    }

    static let attacks: [@Sendable (inout JSONObject) -> Void] = [
        { $0["tid"] = nil }, { $0["tid"] = 7 }, { $0["tid"] = .string(other) }, { $0["tid"] = "{tenantid}" },
        { $0["iss"] = .string("\(base)/{tenantid}/v2.0") }, { $0["iss"] = .string("\(base)/organizations/v2.0") },
        { $0["tid"] = .string(home.uppercased()) }, { $0["iss"] = .string("\(base)/\(other)/v2.0") },
        { $0["iss"] = .string("https://evil.example/\(home)/v2.0") },
    ]

    @Test(arguments: attacks.indices) func whatIsNotTheTemplatesIssuerIsRefused(_ index: Int) async throws {
        for tenants in [EntraTenants.only([Self.home]), .anyTenant] {
            let app = try app(tenants) { $0.also(Self.attacks[index]) }
            #expect(await app.logIn().status == 502)
            #expect(app.events.refusals == ["id_token_refused"])
        }
    }

    private func keys(of issuer: JSONValue?) throws -> [String: TransportResponse] {
        var key = try OddProvider.rsa.get().publicJWK
        key["issuer"] = issuer
        return ["/jwks": .json(["keys": [.object(key)]])]
    }

    @Test func aKeyOfAnotherTenantSignsNothing() async throws {
        for (issuer, works) in [
            ("\(Self.base)/{tenantid}/v2.0", true), ("\(Self.base)/\(Self.home)/v2.0", true),
            ("\(Self.base)/\(Self.personal)/v2.0", false),
        ] {
            let keys = try keys(of: .string(issuer))
            let app = try app(.anyTenant) { $0.keys = keys }
            #expect(await app.logIn().beginsSession == works, "\(issuer)")
        }
    }

    @Test func theMetadataOfOneTenantIsNotThatOfAll() async throws {
        let app = try app(.anyTenant) {
            $0.alsoInMetadata { $0["issuer"] = .string("\(Self.base)/\(Self.home)/v2.0") }
        }
        #expect(await app.begin().reply.status == 500)
        #expect(app.diagnosis.contains("{tenantid}"))
    }

    @Test func aTemplateIsNoIssuerWhereOneTenantIsSet() async throws {
        let app = try KnownApp.open(
            .entra(tenant: Self.home),
            bend: { $0.alsoInMetadata { $0["issuer"] = .string("\(Self.base)/{tenantid}/v2.0") } })
        #expect(await app.begin().reply.status == 500)
    }

    @Test func aRefreshStaysWithTheTenant() async throws {
        let app = try app(.anyTenant)
        let cookie = await app.loggedIn()
        #expect(try await app.refresh(cookie) == nil)
        app.provider.bend {
            $0.also { claims in
                claims["iss"] = .string("\(Self.base)/\(Self.other)/v2.0")
                claims["tid"] = .string(Self.other)
            }
        }
        #expect(try await app.refresh(cookie) == "wrong_tid")
    }

    @Test func sessionsInCookiesKeepTheirTenant() async throws {
        let app = try app(.only([Self.home]), cookies: CookieSessions(epoch: RevocationEpoch(.distantPast)))
        let session = try #require(await app.session(app.logIn()))
        #expect(session.issuer == "\(Self.base)/\(Self.home)/v2.0")
    }

    @Test func theDirectoryIsThatOfATenant() async throws {
        let app = try app(.only([Self.home]))
        let session = try #require(await app.session(app.logIn()))
        #expect(app.flow.sessionDirectory == nil, "no subject is unique over all tenants")
        let directory = try #require(try app.flow.sessionDirectory(at: Issuer(session.issuer)))
        #expect(try await directory.sessions(of: session.subject).map(\.handle) == [session.handle])
        #expect(try app.flow.sessionDirectory(at: Issuer("\(Self.base)/\(Self.other)/v2.0")) == nil)
    }
}
