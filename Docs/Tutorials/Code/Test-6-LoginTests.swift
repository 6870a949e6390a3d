import DevAuthServer
import HummingbirdLogin
import OAuthTypes

struct LoginTests {
    let alice: DevAccount
    let server: DevAuthServer
    let flow: LoginFlow

    init() throws {
        alice = DevAccount(
            username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
            name: "Alice",
            email: "alice@example.com")
        server = try DevAuthServer(
            issuer: Issuer("http://localhost:3001", allowing: .loopback),
            clients: [
                DevClient(
                    id: ClientID("shop"), name: "Shop", secret: ClientSecret("a secret of the tests"),
                    redirectURIs: [EndpointURL("http://localhost:3000/callback", allowing: .loopback)])
            ],
            accounts: [alice], apiAudience: "https://api.example", environment: nil)
        var settings = LoginSettings(
            issuer: server.issuer, clientID: try ClientID("shop"), clientSecret: ClientSecret("a secret of the tests"),
            baseURL: try EndpointURL("http://localhost:3000", allowing: .loopback))
        settings.plaintext = .loopback
        flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
            environment: LoginFlow.Environment(transport: server.transport))
    }
}
