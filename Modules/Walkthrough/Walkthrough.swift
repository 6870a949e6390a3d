import APIClient
import APIGuard
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore

/// The ten steps of a login in one process: no sockets, no browser, real messages.
@main
struct Walkthrough {
    static func main() async throws {
        // The authorization server: at Auth0 this is a tenant, an application and an API.
        let issuer = try Issuer("http://localhost:3001", allowing: .loopback)
        let baseURL = try EndpointURL("http://localhost:3000", allowing: .loopback)
        let audience = "https://api.example"
        let secret = ClientSecret("a secret of the walkthrough")
        let accounts = DevAccount.samples(random: .system)
        let server = try DevAuthServer(
            issuer: issuer,
            clients: [
                DevClient(
                    id: try ClientID("walkthrough"), name: "Walkthrough", secret: secret,
                    redirectURIs: [try EndpointURL("http://localhost:3000/callback", allowing: .loopback)],
                    postLogoutRedirectURIs: [try EndpointURL("http://localhost:3000/", allowing: .loopback)])
            ],
            accounts: accounts, apiAudience: audience, environment: nil)

        // The web app's login: settings, a session store, keys to seal with, a way to reach the provider.
        var settings = LoginSettings(
            issuer: issuer, clientID: try ClientID("walkthrough"), clientSecret: secret, baseURL: baseURL)
        settings.scope = try Scope("openid profile email offline_access read:demo")
        settings.audience = audience
        settings.plaintext = .loopback
        var environment = LoginFlow.Environment(
            transport: InProcess(server: server, api: try DemoAPI(server, audience: audience)))
        environment.observers = [StepPrinter()]
        let flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment)

        try await Visitor(account: accounts[0], app: DemoApp(flow: flow), server: server).visit()
    }
}
