import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct SettingsTests {
    private func faults(
        issuer: String = Fixture.issuerText, clients: [DevClient]? = nil, accounts: [DevAccount]? = nil,
        audience: String = "urn:api", scopes: [DevScope] = [], lifetimes: DevLifetimes = DevLifetimes(),
        environment: String? = nil
    ) throws -> [SettingFault] {
        let (clients, accounts) = (try clients ?? [Fixture.app()], try accounts ?? Fixture.accounts())
        let issuer = try Issuer(issuer, allowing: .loopback)
        do throws(SettingsError) {
            _ = try DevAuthServer(
                issuer: issuer, clients: clients, accounts: accounts, apiAudience: audience, apiScopes: scopes,
                lifetimes: lifetimes, environment: environment)
            return []
        } catch {
            return error.faults
        }
    }

    private static func faults(of faults: [DevServerFault]) -> [SettingFault] { faults.map(\.fault) }

    @Test(arguments: ["production", "PRODUCTION", "Production", "production ", " production\n"])
    func refusesProduction(_ environment: String) throws {
        #expect(try faults(environment: environment) == Self.faults(of: [.production]))
    }

    @Test(arguments: [nil, "", "development", "test"])
    func startsElsewhere(_ environment: String?) throws {
        #expect(try faults(environment: environment) == [])
    }

    @Test(arguments: [
        "https://login.example", "https://localhost.evil.example", "https://127.evil.example", "https://0.0.0.0",
    ])
    func refusesAnIssuerThatIsNotLoopback(_ text: String) throws {
        #expect(try faults(issuer: text) == Self.faults(of: [.issuerNotLoopback(Issuer(text))]))
    }

    @Test(arguments: [
        "http://localhost:1", "http://127.0.0.1:2", "http://[::1]:3", "https://localhost:4", "http://127.9.9.9:5",
    ])
    func acceptsEveryLoopbackName(_ text: String) throws {
        #expect(try faults(issuer: text) == [])
    }

    @Test func refusesRedirectsThatAreNotLoopback() throws {
        var client = try Fixture.app()
        let foreign = try EndpointURL("https://app.example/callback")
        client.redirectURIs.append(foreign)
        client.postLogoutRedirectURIs.append(foreign)
        let fault = DevServerFault.redirectNotLoopback(client.id, foreign)
        #expect(try faults(clients: [client]) == Self.faults(of: [fault, fault]))
    }

    @Test func namesAllFaultsAtOnce() throws {
        var (client, account) = (try Fixture.app(), try Fixture.accounts()[0])
        client.secret = ClientSecret("")
        client.redirectURIs = []
        account.password = DevPassword("")
        let found = try faults(
            issuer: "https://login.example", clients: [client, client], accounts: [account, account], audience: "",
            scopes: [DevScope("openid", words: "x"), DevScope("a b", words: "x")],
            lifetimes: DevLifetimes(code: .zero), environment: "production")
        #expect(
            found
                == Self.faults(of: [
                    .production, .issuerNotLoopback(try Issuer("https://login.example")), .repeatedClient(client.id),
                    .emptySecret(client.id), .noRedirectURI(client.id), .emptySecret(client.id),
                    .noRedirectURI(client.id),
                    .username("alice"), .repeatedSubject(account.subject), .emptyPassword(username: "alice"),
                    .emptyPassword(username: "alice"), .repeatedEmail("alice@example.com"), .emptyAudience,
                    .scope("openid"), .scope("a b"), .lifetimes,
                ]))
        #expect(found.allSatisfy { !$0.problem.isEmpty && !$0.fix.isEmpty })
    }

    @Test(
        arguments: [.zero, .seconds(-1), .milliseconds(999), .seconds(315_360_001), .seconds(Int64.max)] as [Duration])
    func refusesALifetimeBelowASecondOrAboveTenYears(_ lifetime: Duration) throws {
        #expect(try faults(lifetimes: DevLifetimes(page: lifetime)) == Self.faults(of: [.lifetimes]))
    }

    @Test func refusesAccountsThatNobodyCanLogInTo() throws {
        var accounts = try Fixture.accounts()
        accounts[0].loginOptions = []
        #expect(try faults(accounts: accounts) == Self.faults(of: [.noLoginOption(username: "alice")]))
        accounts[0].loginOptions = [.testProvider]
        accounts[0].password = DevPassword("")
        #expect(try faults(accounts: accounts) == [])
    }

    @Test func refusesOneMailAddressForTwoAccountsThatLogInByCode() throws {
        var accounts = try Fixture.accounts()
        accounts[1].email = "ALICE@example.com"
        #expect(try faults(accounts: accounts) == Self.faults(of: [.repeatedEmail("alice@example.com")]))
        accounts[1].loginOptions = [.password]
        #expect(try faults(accounts: accounts) == [])
    }

    @Test(arguments: DevAccount.reservedClaims)
    func refusesClaimsThatTheServerSetsItself(_ name: String) throws {
        var accounts = try Fixture.accounts()
        accounts[0].claims = ["locale": "en"]
        accounts[0].claims[name] = "x"
        #expect(try faults(accounts: accounts) == Self.faults(of: [.reservedClaim(username: "alice", name: name)]))
    }

    @Test func refusesToLetAClientRequestWhatIsNotThere() throws {
        var client = try Fixture.app()
        client.scope = try Scope("openid email read:nothing")
        client.audiences = ["urn:other", ""]
        #expect(
            try faults(clients: [client])
                == Self.faults(of: [.clientAccess(client.id, "read:nothing"), .clientAccess(client.id, "")]))
    }

    @Test func needsAClientAndAnAccount() throws {
        #expect(try faults(clients: [], accounts: []) == Self.faults(of: [.noClient, .noAccount]))
    }

    @Test func makesTwoAccountsWithPasswordsThatDiffer() {
        let samples = DevAccount.samples(random: .system)
        #expect(samples.map(\.username) == ["alice", "bob"])
        let passwords = samples.map(\.password.exposedText)
        #expect(Set(passwords).count == 2)
        #expect(passwords.allSatisfy { $0.utf8.count == 17 && $0.contains("-") })
        #expect("\(samples)".contains(passwords[0]) == false)
    }

    @Test func describesItself() async throws {
        let fixture = try Fixture()
        let document = try await fixture.get("/.well-known/openid-configuration").json
        #expect(document["issuer"]?.stringValue == Fixture.issuerText)
        for name in [
            "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint",
            "revocation_endpoint",
        ] {
            let url = try EndpointURL(try document.text(name), allowing: .loopback)
            #expect(url.origin == fixture.server.issuer.origin)
            #expect(await fixture.get(url.path).status != 404)
        }
        #expect(document["code_challenge_methods_supported"] == ["S256"])
        #expect(document["response_types_supported"] == ["code"])
        #expect(document["authorization_response_iss_parameter_supported"] == true)
        #expect(document["token_endpoint_auth_methods_supported"] == ["client_secret_basic", "client_secret_post"])
    }
}
