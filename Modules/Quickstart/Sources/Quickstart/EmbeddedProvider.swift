import DevAuthServer
import LoginFlow
import OAuthTypes

/// The authorization server that runs in this process, with one client – the web app – and two accounts.
struct EmbeddedProvider {
    static let apiScope = "read:demo"

    let server: DevAuthServer
    let accounts: [DevAccount]

    /// Adds the variables of a login at this server. What is set already stays.
    static func complete(_ variables: inout EnvironmentVariables, port: UInt16, random: RandomSource) {
        let secret = random.bytes(count: 24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let own = [
            "LOGIN_ISSUER": "http://localhost:\(port)", "LOGIN_CLIENT_ID": "quickstart", "LOGIN_CLIENT_SECRET": secret,
            "LOGIN_SCOPE": "openid profile email offline_access \(apiScope)",
            "LOGIN_AUDIENCE": "https://api.quickstart.example",
        ]
        for (name, value) in own { variables[name] = variables[name] ?? value }
    }

    init(for login: LoginSettings, random: RandomSource) throws {
        let base = login.baseURL.text.hasSuffix("/") ? String(login.baseURL.text.dropLast()) : login.baseURL.text
        let client = DevClient(
            id: login.clientID, name: "Login quickstart",
            secret: login.clientCredential.clientSecret ?? ClientSecret(""),
            redirectURIs: [try EndpointURL(base + "/callback", allowing: .loopback)],
            postLogoutRedirectURIs: [try EndpointURL(base + "/", allowing: .loopback)])
        accounts = DevAccount.samples(random: random)
        server = try DevAuthServer(
            issuer: login.issuer, clients: [client], accounts: accounts, apiAudience: login.audience ?? "",
            environment: EnvironmentVariables.process["LOGIN_ENV"])
    }

    /// `accounts: alice:PASSWORD bob:PASSWORD`
    var announcement: String {
        "accounts: " + accounts.map { "\($0.username):\($0.password.exposedText)" }.joined(separator: " ")
    }
}
