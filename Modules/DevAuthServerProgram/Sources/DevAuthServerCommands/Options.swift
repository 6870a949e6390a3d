public import ArgumentParser

/// The options of the program.
public struct Options: ParsableCommand {
    /// The program's name and purpose.
    public static let configuration = CommandConfiguration(
        commandName: "dev-auth-server", abstract: "Serves a login server for development on 127.0.0.1.",
        discussion: """
            It prints its accounts and the settings to paste into an app, and ends on SIGINT or SIGTERM. Without a file \
            and without options there are one client, for http://localhost:8080/callback and \
            http://localhost:3000/callback, and the accounts alice and bob. Options add to the file, or go before it.
            """)

    @Option(help: ArgumentHelp("Listen on this port of 127.0.0.1 (9000).", valueName: "number"))
    var port: String?

    @Option(help: ArgumentHelp("Read accounts, clients, rules and lifetimes from this file.", valueName: "file.json"))
    var config: String?

    @Option(
        help: ArgumentHelp("Register an app. Give its callback's exact address.", valueName: "id:secret:redirect_uri"))
    var client: [String] = []

    @Option(help: ArgumentHelp("Add an account.", valueName: "username:password[:email]"))
    var account: [String] = []

    @Option(help: ArgumentHelp("Name the API that access tokens are for (https://api.example).", valueName: "text"))
    var audience: String?

    @Option(help: ArgumentHelp("Add a scope value of the API.", valueName: "name=description"))
    var scope: [String] = []

    @Option(
        help: ArgumentHelp(
            "Set how long code, access_token, id_token, refresh_token, session, page or login_code is valid.",
            valueName: "name=seconds"))
    var lifetime: [String] = []

    @Option(help: ArgumentHelp("Refuse the logins of an account.", valueName: "username=reason"))
    var deny: [String] = []

    /// Creates options from their defaults.
    public init() {}

    /// Reads the arguments of a command line, without the program's name.
    /// - Throws: the parser's error, a requested help text among them.
    public init(arguments: [String]) throws { self = try Self.parse(arguments) }

    /// The path of the file.
    public var configurationFile: String? { config }
}
