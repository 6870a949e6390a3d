import Hummingbird
import HummingbirdLogin
import HummingbirdTesting
import LoginTesting
import Shop
import Testing

struct ShopTests {
    let flow: LoginFlow

    init() throws {
        let settings = LoginSettings(
            issuer: try Issuer("https://login.example"), clientID: try ClientID("shop"),
            clientSecret: ClientSecret("a secret of the tests"), baseURL: try EndpointURL("https://shop.example"))
        flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
            environment: LoginFlow.Environment(transport: TestTransport()))
    }

    @Test func showsTheOrdersOfTheUser() async throws {
        let alice = try await TestLogin(flow).loggedIn(subject: "alice", claims: ["name": "Alice"])
        try await Application(router: shopRouter(flow)).test(.router) { client in
            try await client.execute(uri: "/orders", method: .get, headers: [.cookie: alice.cookie]) { response in
                #expect(String(buffer: response.body) == "The orders of Alice")
            }
        }
    }
}
