import DevAuthServer
import OAuthTypes

/// Adds what the options say to a configuration and collects their faults.
struct OptionReader {
    static let standardScopes = ["openid", "profile", "email", "offline_access"]
    static var lifetimes: [(name: String, path: WritableKeyPath<DevLifetimes, Duration>)] {
        [
            ("code", \.code), ("access_token", \.accessToken), ("id_token", \.idToken),
            ("refresh_token", \.refreshToken), ("session", \.session), ("page", \.page),
            ("login_code", \.loginCode),
        ]
    }

    private let options: Options
    private(set) var faults: [SettingFault] = []

    init(_ options: Options) { self.options = options }

    mutating func apply(to configuration: inout Configuration) {
        if let port = port() { configuration.port = port }
        if let audience = options.audience { configuration.audience = audience }
        for text in options.client { if let client = client(text) { configuration.clients.append(client) } }
        for text in options.account { if let account = account(text) { configuration.accounts.append(account) } }
        for text in options.scope { if let scope = scope(text) { configuration.scopes.append(scope) } }
        for text in options.deny { if let rule = denial(text) { configuration.rules.append(rule) } }
        for text in options.lifetime { setLifetime(text, in: &configuration.lifetimes) }
    }

    private mutating func port() -> UInt16? {
        guard let text = options.port else { return nil }
        guard let port = UInt16(text), port > 0 else {
            note("--port", "'\(text.shown)' is not a port", fix: "Give a number from 1 to 65535.")
            return nil
        }
        return port
    }

    // The secret is not repeated in a fault.
    private mutating func client(_ text: String) -> DevClient? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let id = try? ClientID(parts[0]), !parts[1].isEmpty else {
            note(
                "--client", "it is not id:secret:redirect_uri",
                fix: "Write app:secret:http://localhost:8080/callback. A secret with a colon goes into a file.")
            return nil
        }
        guard let url = try? EndpointURL(parts[2], allowing: .loopback), url.origin.isLoopback else {
            note(
                "--client", "the redirect URI of \(id) is not an absolute URL on loopback",
                fix: "Write one such as http://localhost:8080/callback.")
            return nil
        }
        let home = try? EndpointURL("\(url.origin)/", allowing: .loopback)
        return DevClient(
            id: id, name: id.text, secret: ClientSecret(parts[1]), redirectURIs: [url],
            postLogoutRedirectURIs: [home].compactMap(\.self))
    }

    private mutating func account(_ text: String) -> DevAccount? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }), let subject = try? SubjectID("dev-\(parts[0])")
        else {
            note(
                "--account", "it is not username:password or username:password:email, the name in ASCII",
                fix: "Write carol:her-password:carol@example.com. Other accounts go into a file.")
            return nil
        }
        return DevAccount(
            username: parts[0], password: DevPassword(parts[1]), subject: subject, name: parts[0],
            email: parts.count > 2 ? parts[2] : Defaults.email(of: parts[0]), picture: .initials)
    }

    private mutating func scope(_ text: String) -> DevScope? {
        let (name, words) = halves(text)
        guard let scope = try? Scope([name]), !scope.isEmpty, !Self.standardScopes.contains(name) else {
            note(
                "--scope", "'\(name.shown)' is no scope value of an API",
                fix: "Write read:orders=\"Read your orders\". The values of OpenID Connect are there already.")
            return nil
        }
        return DevScope(name, words: words ?? "Use \(name)")
    }

    private mutating func denial(_ text: String) -> ConfiguredRule? {
        let (username, reason) = halves(text)
        guard let reason, !username.isEmpty else {
            note("--deny", "it is not username=reason", fix: "Write bob=\"bob may not log in\".")
            return nil
        }
        return ConfiguredRule(
            path: "--deny", name: "--deny \(username.shown)", username: username, clientID: nil,
            decision: .deny(reason: reason))
    }

    private mutating func setLifetime(_ text: String, in lifetimes: inout DevLifetimes) {
        let (name, number) = halves(text)
        let path = Self.lifetimes.first { $0.name == name }?.path
        guard let path, let seconds = number.flatMap({ Int($0) }), (1...315_360_000).contains(seconds) else {
            let names = Self.lifetimes.map(\.name).joined(separator: ", ")
            note(
                "--lifetime", "'\(text.shown)' is not name=seconds",
                fix: "Write one of \(names), and 1 to 315360000 seconds.")
            return
        }
        lifetimes[keyPath: path] = .seconds(seconds)
    }

    private func halves(_ text: String) -> (String, String?) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts[0], parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil)
    }

    private mutating func note(_ option: String, _ problem: String, fix: String) {
        faults.append(.file(option, problem, fix: fix))
    }
}
