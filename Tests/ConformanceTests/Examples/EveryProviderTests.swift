import DevAuthServer
import HostileProvider
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing

struct EveryProviderTests {
    typealias Fault = HostileProvider.Fault

    @Test(arguments: Fault.allCases.filter { $0.stage == .login })
    func aVisitorIsLoggedInOnlyWhereTheProviderIsRight(_ fault: Fault) async throws {
        let clock = TestClock()
        let secret = ClientSecret("a secret of the tests")
        let alice = DevAccount(
            username: "alice", password: DevPassword("alice's password"), subject: try SubjectID("subject-a"),
            name: "Alice", email: "alice@example.com")
        let provider = try HostileProvider(
            fault: fault, issuer: Issuer("http://localhost:3001", allowing: .loopback),
            clients: [
                DevClient(
                    id: ClientID("shop"), name: "Shop", secret: secret,
                    redirectURIs: [EndpointURL("http://localhost:3000/callback", allowing: .loopback)])
            ],
            accounts: [alice], clock: clock.wallClock)

        var settings = LoginSettings(
            issuer: provider.server.issuer, clientID: try ClientID("shop"), clientSecret: secret,
            baseURL: try EndpointURL("http://localhost:3000", allowing: .loopback))
        settings.plaintext = .loopback
        var environment = LoginFlow.Environment(transport: provider.server.transport)
        environment.use(clock)
        let flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment)

        var browser = try TestBrowser(for: flow, server: provider.server) { request in
            // Your app's own handler goes here.
            if let route = flow.route(request.method, target: request.target) {
                return await flow.respond(to: request, on: route)
            }
            switch await flow.admit(request, requiring: .login) {
            case .reply(let reply): return reply
            case .visitor(let fields): return BrowserReply(status: 401).adding(fields)
            case .session(_, let fields): return BrowserReply(status: 200).adding(fields)
            }
        }
        var page = try await browser.open("/account")
        if page.forms.contains(where: { $0.id == "login" }) { page = try await browser.logIn(as: alice) }
        #expect((page.status == 200) == (fault.expectation == .accept))
    }
}
