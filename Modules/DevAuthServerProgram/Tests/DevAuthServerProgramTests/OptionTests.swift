import DevAuthServer
import DevAuthServerCommands
import OAuthTypes
import Testing

struct OptionTests {
    @Test func addToTheFileAndGoBeforeIt() throws {
        let configuration = try Given.configuration(
            Given.everything,
            options: [
                "--port", "21301", "--audience", "urn:api", "--client", "app:secret:http://localhost:4000/cb",
                "--account", "dora:pass", "--account", "emil:pass:emil@mail.example", "--scope", "write:orders=Order",
                "--lifetime", "code=5", "--deny", "dora=Not you.",
            ])
        #expect(configuration.issuerText == "http://localhost:21301")
        #expect(configuration.audience == "urn:api")
        #expect(configuration.clients.map(\.id.text) == ["shop", "app"])
        #expect(configuration.clients[1].redirectURIs.map(\.text) == ["http://localhost:4000/cb"])
        #expect(configuration.clients[1].postLogoutRedirectURIs.map(\.text) == ["http://localhost:4000/"])
        #expect(configuration.accounts.map(\.username) == ["carol", "dora", "emil"])
        #expect(configuration.accounts.map(\.email).suffix(2) == ["dora@example.com", "emil@mail.example"])
        #expect(configuration.scopes.map(\.name) == ["read:orders", "write:orders"])
        #expect(configuration.lifetimes.code == .seconds(5))
        #expect(configuration.rules.last?.username == "dora")
        _ = try configuration.server(environment: "development")
    }

    @Test(arguments: [
        ("--port", "0"), ("--port", "65536"), ("--port", "x"), ("--port", ""), ("--client", "app:secret"),
        ("--client", ":secret:http://localhost/"), ("--client", "app::http://localhost/"),
        ("--client", "app:secret:https://app.example/"), ("--client", "app:secret:callback"), ("--account", "dora"),
        ("--account", "dora:"), ("--account", ":x"), ("--account", "dora:x:"), ("--scope", "openid=x"),
        ("--scope", "a b=x"), ("--scope", "=x"), ("--lifetime", "code"), ("--lifetime", "code=0"),
        ("--lifetime", "code=99999999999999999999"), ("--lifetime", "tea=1"), ("--deny", "bob"), ("--deny", "=x"),
    ])
    func nameThemselvesInTheirFaults(_ option: String, value: String) {
        #expect(Given.faults(nil, options: [option, value]).map(\.setting) == [option])
    }

    @Test(arguments: ["production", "Production"])
    func neverStartInProduction(_ environment: String) throws {
        let configuration = try Given.configuration(nil)
        #expect(throws: SettingsError.self) { try configuration.server(environment: environment) }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: SettingsError.self) { try File.octets("/nowhere/at/all.json") }
        #expect(error?.faults.map(\.setting) == ["--config"])
        #expect(error?.description.contains("/nowhere/at/all.json") == true)
    }
}
