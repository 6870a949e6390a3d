import DevAuthServer
import OAuthTypes

/// What is there without a file and without options. The values stay the same from start to start, so that an app keeps
/// its settings; whoever reaches loopback on this machine may know them.
enum Defaults {
    static let clientID = "app"
    static let clientSecret = "dev-auth-server-secret"
    static let origins = ["http://localhost:8080", "http://localhost:3000"]

    static var client: DevClient? {
        guard let id = try? ClientID(clientID) else { return nil }
        return DevClient(
            id: id, name: "My app", secret: ClientSecret(clientSecret), redirectURIs: urls("/callback"),
            postLogoutRedirectURIs: urls("/"))
    }

    static var accounts: [DevAccount] {
        DevAccount.samples(random: .system).map { sample in
            var account = sample
            account.password = password(of: account.username)
            return account
        }
    }

    static func password(of username: String) -> DevPassword { DevPassword("\(username)-password") }

    static func email(of username: String) -> String {
        username.contains("@") ? username : "\(username)@example.com"
    }

    private static func urls(_ path: String) -> [EndpointURL] {
        origins.compactMap { try? EndpointURL($0 + path, allowing: .loopback) }
    }
}
