import DevAuthServer
import DevAuthServerCommands
import OAuthTypes
import Testing
import WireFormats

struct FileTests {
    @Test func readsEveryMember() throws {
        let configuration = try Given.configuration(Given.everything)
        #expect(configuration.issuerText == "http://localhost:21300")
        #expect(configuration.audience == "https://orders.example")
        let client = try #require(configuration.clients.first)
        #expect(client.id.text == "shop")
        #expect(client.name == "Shop")
        #expect(client.secret.exposedText == "a secret & more")
        #expect(client.redirectURIs.map(\.text) == ["http://localhost:8080/callback", "http://127.0.0.1:8080/cb?x=1"])
        #expect(client.postLogoutRedirectURIs.map(\.text) == ["http://localhost:8080/"])
        #expect(client.scope?.values == ["profile", "read:orders"])
        #expect(client.audiences == ["https://stock.example"])
        let account = try #require(configuration.accounts.first)
        #expect(account.username == "carol")
        #expect(account.password.exposedText == "her password")
        #expect(account.subject.text == "user-7")
        #expect(account.name == "Carol Danvers")
        #expect(account.email == "carol@mail.example")
        #expect(!account.isEmailVerified)
        #expect(account.picture == .url(try EndpointURL("https://pictures.example/carol.png")))
        #expect(account.loginOptions == [.password, .testProvider])
        #expect(account.claims == ["locale": "fr", "groups": ["staff"]])
        #expect(configuration.scopes == [DevScope("read:orders", words: "Read your orders", isRequired: true)])
        #expect(configuration.rules.map(\.name) == ["staff only", "rules[1]"])
        #expect(configuration.lifetimes.code == .seconds(30))
        #expect(configuration.lifetimes.page == .seconds(120))
        #expect(configuration.lifetimes.loginCode == .seconds(90))
        #expect(configuration.lifetimes.session == DevLifetimes().session)
    }

    @Test(arguments: [nil, "{}"])
    func needsNothing(_ file: String?) throws {
        let configuration = try Given.configuration(file)
        #expect(configuration.issuerText == "http://localhost:9000")
        #expect(configuration.clients.map(\.id.text) == ["app"])
        #expect(
            configuration.clients[0].redirectURIs.map(\.text) == [
                "http://localhost:8080/callback", "http://localhost:3000/callback",
            ])
        #expect(configuration.accounts.map(\.username) == ["alice", "bob"])
        #expect(configuration.accounts.map(\.password.exposedText) == ["alice-password", "bob-password"])
        _ = try configuration.server(environment: nil)
    }

    @Test func fillsInWhatAnAccountLeavesOut() throws {
        let file = #"{"accounts": [{"username": "dora"}, {"username": "e@mail.example", "picture": false}]}"#
        let accounts = try Given.configuration(file).accounts
        #expect(accounts.map(\.subject.text) == ["dev-dora", "dev-e@mail.example"])
        #expect(accounts.map(\.email) == ["dora@example.com", "e@mail.example"])
        #expect(accounts.map(\.name) == ["dora", "e@mail.example"])
        #expect(accounts.map(\.password.exposedText) == ["dora-password", "e@mail.example-password"])
        #expect(accounts.map(\.isEmailVerified) == [true, true])
        #expect(accounts.map(\.picture) == [.initials, .none])
    }

    /// What is wrong in a file, and the path that its fault has to name.
    static let faulty: [(file: String, path: String)] = [
        ("", "the file"), ("[]", "the file"), ("{} x", "the file"), ("{'port': 1}", "the file"),
        (#"{"port": 9000, "port": 9001}"#, "the file"), ("\u{FEFF}{}", "the file"),
        (#"{"prot": 9000}"#, "prot"), (#"{"port": "9000"}"#, "port"), (#"{"port": 0}"#, "port"),
        (#"{"port": 65536}"#, "port"), (#"{"port": 1e999}"#, "port"), (#"{"audience": ""}"#, "audience"),
        (#"{"clients": {}}"#, "clients"), (#"{"clients": [1]}"#, "clients[0]"),
        (Given.client(#""id": """#), "clients[0].id"), (Given.client(#""id": 1"#), "clients[0].id"),
        (Given.client(#""id": "a\nb""#), "clients[0].id"), (Given.client(#""id": null"#), "clients[0].id"),
        (#"{"clients": [{"id": "a", "redirect_uris": ["http://localhost/"]}]}"#, "clients[0].secret"),
        (#"{"clients": [{"id": "a", "secret": "s"}]}"#, "clients[0].redirect_uris"),
        (#"{"clients": [{"id": "a", "secret": "s", "redirect_uris": []}]}"#, "clients[0].redirect_uris"),
        (Given.redirect("/callback"), "clients[1].redirect_uris[0]"),
        (Given.redirect("https://app.example/callback"), "clients[1].redirect_uris[0]"),
        (Given.redirect("http://app.example/callback"), "clients[1].redirect_uris[0]"),
        (Given.redirect("http://localhost:3000/callback#x"), "clients[1].redirect_uris[0]"),
        (Given.client(#""post_logout_redirect_uris": ["x"]"#), "clients[0].post_logout_redirect_uris[0]"),
        (Given.client(#""scopes": "openid""#), "clients[0].scopes"),
        (Given.client(#""scopes": ["a b\u0007"]"#), "clients[0].scopes[0]"),
        (Given.client(#""audiences": [""]"#), "clients[0].audiences[0]"),
        (Given.client(#""redirect_uri": "x""#), "clients[0].redirect_uri"),
        (#"{"accounts": [{}]}"#, "accounts[0].username"), (Given.account(#""sub": """#), "accounts[0].sub"),
        (#"{"accounts": [{"username": "élodie"}]}"#, "accounts[0].sub"),
        (Given.account(#""password": """#), "accounts[0].password"),
        (Given.account(#""passwordless": 1"#), "accounts[0].passwordless"),
        (Given.account(#""test_provider": null"#), "accounts[0].test_provider"),
        (Given.account(#""password": false, "passwordless": false, "test_provider": false"#), "accounts[0]"),
        (Given.account(#""password": true"#), "accounts[0].password"),
        (#"{"accounts": [{"username": "a", "email": "A@b"}, {"username": "b", "email": "a@b"}]}"#, "accounts[].email"),
        (#"{"scopes": [{"name": "a", "required": "yes"}]}"#, "scopes[0].required"),
        (Given.account(#""email_verified": "yes""#), "accounts[0].email_verified"),
        (Given.account(#""picture": "me.png""#), "accounts[0].picture"),
        (Given.account(#""claims": []"#), "accounts[0].claims"),
        (Given.account(#""claims": {"iss": "x"}"#), "accounts[0].claims.iss"),
        (Given.account(#""claims": {"email": "x"}"#), "accounts[0].claims.email"),
        (#"{"accounts": [{"username": "a"}, {"username": "a", "sub": "b", "email": "b@c"}]}"#, "accounts[].username"),
        (#"{"accounts": [{"username": "a", "sub": "s"}, {"username": "b", "sub": "s"}]}"#, "accounts[].sub"),
        (#"{"scopes": [{"name": "openid"}]}"#, "scopes[0].name"), (#"{"scopes": [{"name": "a b"}]}"#, "scopes[0].name"),
        (#"{"scopes": [{"name": "a"}, {"name": "a"}]}"#, "scopes[].name"),
        (Given.rule(#""name": "x""#), "rules[0]"), (Given.rule(#""deny": "x", "add": {}"#), "rules[0]"),
        (Given.rule(#""add": {"role": 1}"#), "rules[0].add.role"), (Given.rule(#""add": 1"#), "rules[0].add"),
        (Given.rule(#""add": {"http://a.example/x": 1}"#), "rules[0].add.http://a.example/x"),
        (Given.rule(#""deny": "x", "username": "nobody""#), "rules[0].username"),
        (Given.rule(#""deny": "x", "client_id": "nobody""#), "rules[0].client_id"),
        (#"{"lifetimes": {"code": 0}}"#, "lifetimes.code"), (#"{"lifetimes": {"code": 1.5}}"#, "lifetimes.code"),
        (#"{"lifetimes": {"code": 315360001}}"#, "lifetimes.code"), (#"{"lifetimes": {"tea": 1}}"#, "lifetimes.tea"),
        (#"{"lifetimes": 1}"#, "lifetimes"),
    ]

    @Test(arguments: faulty)
    func namesTheFaultByItsPath(_ file: String, path: String) {
        let faults = Given.faults(file)
        #expect(faults.map(\.setting) == [path])
        #expect(faults.allSatisfy { !$0.problem.isEmpty && !$0.fix.isEmpty })
    }

    @Test func namesEveryFaultAtOnce() {
        let file = """
            {"port": 0, "tea": 1, "clients": [{"id": "a", "secret": "", "redirect_uris": ["http://localhost/", "x"]}],
             "accounts": [{"username": "a", "email": 1}], "rules": [{}], "lifetimes": {"page": 0}}
            """
        #expect(
            Given.faults(file, options: ["--lifetime", "tea=1", "--client", "x"]).map(\.setting) == [
                "tea", "port", "clients[0].secret", "clients[0].redirect_uris[1]", "accounts[0].email", "rules[0]",
                "lifetimes.page", "--client", "--lifetime",
            ])
    }

    @Test func repeatsNoSecret() {
        let secret = "hush-hush"
        for file in [
            #"{"clients": [{"id": "a\n", "secret": "\#(secret)", "redirect_uris": ["x"]}]}"#,
            #"{"accounts": [{"username": "élodie", "password": "\#(secret)"}]}"#,
        ] {
            #expect(!"\(Given.faults(file))".contains(secret))
        }
        #expect(
            !"\(Given.faults(nil, options: ["--client", "a:\(secret):x", "--account", "é:\(secret)"]))".contains(secret)
        )
    }

    @Test func survivesEveryBeginningAndEveryChangedOctetOfAFile() throws {
        let options = try Options(arguments: [])
        let octets = Array(Given.everything.utf8)
        for end in octets.indices {
            _ = try? Configuration(file: Array(octets[..<end]), options: options)
        }
        for index in octets.indices {
            for replacement: UInt8 in [0x22, 0x30, 0x5D, 0x7D, 0xFF, 0x00] {
                var changed = octets
                changed[index] = replacement
                _ = try? Configuration(file: changed, options: options)
            }
        }
    }
}
