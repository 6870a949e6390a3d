public import DevAuthServer
public import OAuthTypes

/// What the server is started with: what the file and the options say, and defaults for the rest.
public struct Configuration: Sendable {
    /// The port on 127.0.0.1, and in the issuer.
    public var port: UInt16 = 9000
    /// The API's audience.
    public var audience = "https://api.example"
    /// The apps.
    public var clients: [DevClient] = []
    /// The users.
    public var accounts: [DevAccount] = []
    /// The scope values of the API.
    public var scopes: [DevScope] = []
    /// The rules, in order.
    public var rules: [ConfiguredRule] = []
    /// How long codes and tokens are valid.
    public var lifetimes = DevLifetimes()

    /// Reads the file's octets, if there is a file, and then the options.
    /// - Throws: `SettingsError` with every fault of both.
    public init(file octets: [UInt8]?, options: Options) throws(SettingsError) {
        var reader = FileReader()
        if let octets { reader.read(octets, into: &self) }
        var given = OptionReader(options)
        given.apply(to: &self)
        fillIn()
        let faults = reader.faults + given.faults + repetitions + unknownNames
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
    }

    /// The issuer.
    public var issuerText: String { "http://localhost:\(port)" }

    /// The server.
    /// - Parameter environment: the value of `LOGIN_ENV`; `production` is refused.
    /// - Throws: `SettingsError` with every fault.
    public func server(environment: String?) throws(SettingsError) -> DevAuthServer {
        let issuer: Issuer
        do { issuer = try Issuer(issuerText, allowing: .loopback) } catch {
            throw SettingsError(faults: [.file("port", "\(error)", fix: "Give a number from 1 to 65535.")])
        }
        return try DevAuthServer(
            issuer: issuer, clients: clients, accounts: accounts, apiAudience: audience, apiScopes: scopes,
            lifetimes: lifetimes, rules: rules.map(\.rule), environment: environment)
    }

    private mutating func fillIn() {
        if clients.isEmpty { clients = [Defaults.client].compactMap(\.self) }
        if accounts.isEmpty { accounts = Defaults.accounts }
        if scopes.isEmpty { scopes = [.readDemo] }
    }
}

// What only file and options together show.
extension Configuration {
    private var repetitions: [SettingFault] {
        let lists: [(String, [String])] = [
            ("clients[].id", clients.map(\.id.text)), ("accounts[].username", accounts.map(\.username)),
            ("accounts[].sub", accounts.map(\.subject.text)),
            (
                "accounts[].email",
                accounts.filter { $0.loginOptions.contains(.emailCode) }.map { $0.email.lowercased() }
            ), ("scopes[].name", scopes.map(\.name)),
        ]
        return lists.flatMap { path, values -> [SettingFault] in
            var seen: Set<String> = []
            return values.filter { !seen.insert($0).inserted }.map {
                SettingFault.file(path, "'\($0.shown)' is given twice", fix: "Give each one of its own.")
            }
        }
    }

    private var unknownNames: [SettingFault] {
        rules.flatMap { rule -> [SettingFault] in
            var faults: [SettingFault] = []
            if let name = rule.username, !accounts.contains(where: { $0.username == name }) {
                faults.append(
                    .file(
                        "\(rule.path).username", "no account has the user name '\(name.shown)'",
                        fix: "Name one of the accounts."))
            }
            if let id = rule.clientID, !clients.contains(where: { $0.id.text == id }) {
                faults.append(
                    .file(
                        "\(rule.path).client_id", "no client has the id '\(id.shown)'", fix: "Name one of the clients.")
                )
            }
            return faults
        }
    }
}

extension SettingFault {
    /// A fault at a place of the file, or in an option.
    static func file(_ path: String, _ problem: String, fix: String) -> SettingFault {
        SettingFault(setting: path, problem: problem, fix: fix)
    }
}

extension String {
    /// The beginning of a text from outside, without control characters.
    var shown: String {
        let safe = unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
        return unicodeScalars.count > 80 ? safe + "…" : safe
    }
}
