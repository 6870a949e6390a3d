import DevAuthServer
import HummingbirdLogin
import OAuthTypes

struct LoginTests {
    let alice: DevAccount
    let server: DevAuthServer

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
    }
}
