import ArgumentParser
import Discovery
import OAuthTypes
import WireFormats

struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Compares a login with a profile, requirement by requirement.",
        subcommands: [ProfileCheckCommand.self])
}

struct ProfileCheckCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Compares the provider's metadata and the settings with a profile.",
        discussion: """
            Profiles: \(Profile.all.map(\.name).joined(separator: ", ")). Options that are not given are read from the \
            environment variables LOGIN_…. Exits with 0 if all requirements are met, and with 1 if one is not met, not yet \
            implemented, or cannot be seen from here.
            """)

    @Argument(help: "The name of the profile.")
    var profile: String

    @Option(parsing: .unconditional, help: "The issuer, as the provider writes it. (LOGIN_ISSUER)")
    var issuer: String?

    @Option(
        name: .customLong("base-url"), parsing: .unconditional,
        help: "The app's origin as browsers see it. (LOGIN_BASE_URL)")
    var baseURL: String?

    @Option(
        name: .customLong("metadata-url"),
        help: "Where the metadata is, if not at the issuer's address. (LOGIN_METADATA_URL)")
    var metadataURL: String?

    @Option(
        help: ArgumentHelp(
            "Certificate authorities to trust instead of the system's. (LOGIN_CA_FILE)", valueName: "file"))
    var caFile: String?

    @Flag(help: "Write JSON.")
    var json = false

    func run(on console: Console) throws {
        guard let profile = Profile.all.first(where: { $0.name == profile }) else {
            throw UsageError("the profile", fix: "use one of \(Profile.all.map(\.name).joined(separator: ", "))")
        }
        let environment = console.surroundings.environment
        let settings = try ProfileSettings(self) { name in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let facts = ProfileFacts(metadata: try metadata(settings, console), settings: settings)
        let report = ProfileReport(profile, facts)
        try console.write(
            json
                ? PrintableJSON.text(report.json, layout: .indented) + "\n"
                : report.text(colored: console.surroundings.hasColor))
        guard report.isMet else { throw ProblemsFoundError() }
    }

    private func metadata(_ settings: ProfileSettings, _ console: Console) throws -> ProviderMetadata {
        let transport: any HTTPTransport
        do { transport = try console.surroundings.transport(settings.caFile) } catch {
            throw UsageError("--ca-file (LOGIN_CA_FILE)", fix: "\(error)")
        }
        let discovery = Discovery(
            issuer: settings.issuer, document: settings.metadataURL, transport: transport, clock: console.clock,
            allowing: settings.issuer.origin.scheme == "http" ? .loopback : .refused)
        let answer = AwaitedResult { () async -> Result<ProviderMetadata, DiscoveryError> in
            do throws(DiscoveryError) { return .success(try await discovery.metadata()) } catch {
                return .failure(error)
            }
        }
        switch answer.wait() {
        case .success(let metadata): return metadata
        case .failure(let error):
            let finding = Doctor.finding(error)
            throw RejectionError("no_metadata", words: "\(finding.text); \(finding.fix ?? "")")
        }
    }
}
