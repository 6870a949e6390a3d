import DevAuthServer
import OAuthTypes

/// The authorization server that runs in this process, with one client – the web app – and two accounts.
struct EmbeddedProvider {
    static let audience = "https://api.quickstart.example"
    static let apiScope = "read:demo"

    let server: DevAuthServer
    let accounts: [DevAccount]
    let client: DevClient

    init(_ settings: Settings, random: RandomSource) throws {
        let issuer = try Issuer("http://localhost:\(settings.authorizationServerPort)", allowing: .loopback)
        let base =
            settings.baseURL.text.hasSuffix("/") ? String(settings.baseURL.text.dropLast()) : settings.baseURL.text
        let secret = random.bytes(count: 24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        client = DevClient(
            id: try ClientID("quickstart"), name: "Login quickstart", secret: ClientSecret(secret),
            redirectURIs: [try EndpointURL(base + "/callback", allowing: .loopback)],
            postLogoutRedirectURIs: [try EndpointURL(base + "/", allowing: .loopback)])
        accounts = DevAccount.samples(random: random)
        server = try DevAuthServer(
            issuer: issuer, clients: [client], accounts: accounts,
            apiAudience: settings.audience ?? EmbeddedProvider.audience,
            environment: settings.environment.rawValue)
    }

    /// `accounts: alice:PASSWORD bob:PASSWORD`
    var announcement: String {
        "accounts: " + accounts.map { "\($0.username):\($0.password.exposedText)" }.joined(separator: " ")
    }
}
