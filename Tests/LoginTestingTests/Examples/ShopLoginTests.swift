import DevAuthServer
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing

struct ShopLoginTests {
    @Test func aUserLogsInAndOrders() async throws {
        let clock = TestClock()
        let secret = ClientSecret("a secret of the tests")
        let account = DevAccount(
            username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
            name: "Alice", email: "alice@example.com")
        let server = try DevAuthServer(
            issuer: Issuer("http://localhost:3001", allowing: .loopback),
            clients: [
                DevClient(
                    id: ClientID("shop"), name: "Shop", secret: secret,
                    redirectURIs: [EndpointURL("http://localhost:3000/callback", allowing: .loopback)])
            ],
            accounts: [account], apiAudience: "https://api.example", environment: nil, clock: clock.wallClock)

        var settings = LoginSettings(
            issuer: server.issuer, clientID: try ClientID("shop"), clientSecret: secret,
            baseURL: try EndpointURL("http://localhost:3000", allowing: .loopback))
        settings.plaintext = .loopback
        var environment = LoginFlow.Environment(transport: server.transport)
        environment.use(clock)
        let flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment)
        let shop = Shop(flow: flow)

        var browser = try TestBrowser(for: flow, server: server) { request in await shop.answer(request) }
        try await browser.open("/account")
        try await browser.logIn(as: account)
        #expect(browser.page?.text.contains("alice@example.com") == true)
        let ordered = try await browser.submit("order", filling: ["item": "cake"])
        #expect(ordered.text == "Ordered: cake")
    }
}
