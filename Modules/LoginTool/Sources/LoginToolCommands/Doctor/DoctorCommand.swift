import ArgumentParser
import OAuthTypes
import WireFormats

struct DoctorCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Examines the settings of a login, the provider and this machine.",
        discussion: """
            Options that are not given are read from the environment variables LOGIN_…. The client secret is neither shown \
            nor sent. Exits with 0 if there is no problem, with 1 if there is one, and with 2 if the examination could \
            not begin.
            """)

    @Option(parsing: .unconditional, help: "The issuer, as the provider writes it. (LOGIN_ISSUER)")
    var issuer: String?

    @Option(
        name: .customLong("client-id"), parsing: .unconditional, help: "The app's client ID. (LOGIN_CLIENT_ID)")
    var clientID: String?

    @Option(
        name: .customLong("base-url"), parsing: .unconditional,
        help: "The app's origin as browsers see it. (LOGIN_BASE_URL)")
    var baseURL: String?

    @Option(
        name: .customLong("metadata-url"),
        help: "Where the metadata is, if not at the issuer's address. (LOGIN_METADATA_URL)")
    var metadataURL: String?

    @Option(help: "The requested scope. (LOGIN_SCOPE)")
    var scope: String?

    @Option(help: "The path of the callback.")
    var callback = "/callback"

    @Option(
        name: .customLong("cookie-sessions"),
        help: ArgumentHelp("Sessions are in up to so many cookies, 1 to 5; without it in a store.", valueName: "n"))
    var cookieSessions: Int?

    @Option(
        help: ArgumentHelp(
            "Certificate authorities to trust instead of the system's. (LOGIN_CA_FILE)", valueName: "file"))
    var caFile: String?

    @Flag(help: "Write JSON.")
    var json = false

    func run(on console: Console) throws {
        let settings = try DoctorSettings(self, environment: console.surroundings.environment)
        let transport: any HTTPTransport
        do { transport = try console.surroundings.transport(settings.caFile) } catch {
            throw UsageError("--ca-file (LOGIN_CA_FILE)", fix: "\(error)")
        }
        let doctor = Doctor(settings, transport: transport, clock: console.clock)
        let progress = console.surroundings.progress
        let report = AwaitedResult {
            await doctor.examine { progress?("\r\u{1B}[K\($0)") }
        }.wait()
        progress?("\r\u{1B}[K")
        try console.write(
            json
                ? PrintableJSON.text(report.json, layout: .indented) + "\n"
                : report.text(colored: console.surroundings.hasColor))
        guard report.problems == 0 else { throw ProblemsFoundError() }
    }
}
