import DevAuthServer
import OAuthTypes
import WireFormats

/// What the program prints when it is ready: for people, and in one line for programs.
///
/// Passwords and secrets are among it. They are of test accounts and of apps on this machine.
public struct Announcement: Sendable {
    private let configuration: Configuration

    /// Creates the texts for a configuration.
    public init(_ configuration: Configuration) { self.configuration = configuration }

    /// Accounts, and for each client the settings to paste.
    public var text: String {
        let head = [
            "A login server for development, on this machine only: \(configuration.issuerText)", "",
            "Accounts (user name, password, mail address):",
        ]
        let accounts = configuration.accounts.map { account in
            let password =
                account.loginOptions.contains(.password) ? account.password.exposedText.shown : "(no password)"
            return
                "  \(account.username.shown)  \(password)  \(account.email.shown)\(account.isEmailVerified ? "" : " (not verified)")"
        }
        return (head + accounts + configuration.clients.flatMap(settings)).joined(separator: "\n") + "\n"
    }

    /// `dev-auth-server ready: ` and a JSON object, in one line.
    public var readyLine: String {
        let object: JSONObject = [
            "issuer": .string(configuration.issuerText), "audience": .string(configuration.audience),
            "clients": .array(configuration.clients.map(machineReadable)),
            "accounts": .array(
                configuration.accounts.map { account in
                    [
                        "username": .string(account.username), "password": .string(account.password.exposedText),
                        "sub": .string(account.subject.text), "email": .string(account.email),
                    ]
                }),
        ]
        return "dev-auth-server ready: \(JSONValue.object(object).text())\n"
    }

    private func settings(of client: DevClient) -> [String] {
        let uris = client.redirectURIs.map(\.text).joined(separator: ", ")
        return ["", "Settings of \(client.name.shown), whose redirect URIs are \(uris):"]
            + variables(of: client).map { "\($0)=\(Self.quoted($1))" }
    }

    private func variables(of client: DevClient) -> [(String, String)] {
        [
            ("LOGIN_ISSUER", configuration.issuerText), ("LOGIN_CLIENT_ID", client.id.text),
            ("LOGIN_CLIENT_SECRET", client.secret.exposedText), ("LOGIN_BASE_URL", Self.baseURL(of: client)),
        ]
    }

    private func machineReadable(_ client: DevClient) -> JSONValue {
        [
            "client_id": .string(client.id.text), "client_secret": .string(client.secret.exposedText),
            "base_url": .string(Self.baseURL(of: client)),
            "redirect_uris": .array(client.redirectURIs.map { .string($0.text) }),
        ]
    }

    private static func baseURL(of client: DevClient) -> String { client.redirectURIs.first?.origin.description ?? "" }

    /// A value as a shell reads it.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-._/:@%+,".utf8.contains(octet)
            }
        }
        guard !isPlain || text.isEmpty else { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
