import ArgumentParser
import JOSE
import OAuthTypes
import WireFormats

struct KeysCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Shows the keys of a JWK set, and what each one verifies.",
        discussion: "Exits with 1 if the text is not a JWK set or no key can be used.")

    @Flag(help: "Write JSON.")
    var json = false

    @Option(help: ArgumentHelp("Certificate authorities to trust instead of the system's.", valueName: "file"))
    var caFile: String?

    @Argument(help: ArgumentHelp("An https URL, a file, or - for standard input.", valueName: "url|file"))
    var place: String

    func run(on console: Console) throws {
        let report = try KeySetReport(try octets(console))
        try console.write(json ? PrintableJSON.text(report.json, layout: .indented) + "\n" : report.text)
        guard !report.usable.isEmpty else {
            throw RejectionError("key_set_without_keys", words: "no key of the set can be used")
        }
    }

    private func octets(_ console: Console) throws(UsageError) -> [UInt8] {
        guard place.contains("://") else { return try console.contents(of: place, upTo: KeySetText.limit) }
        let url: EndpointURL
        do { url = try EndpointURL(place, allowing: .loopback) } catch { throw UsageError(place, fix: "\(error)") }
        let transport: any HTTPTransport
        do {
            transport = try console.surroundings.transport(caFile)
        } catch { throw UsageError("--ca-file", fix: "\(error)") }
        let answer = AwaitedResult { await DocumentAnswer(of: url, over: transport) }.wait()
        do { return try answer.octets() } catch { throw UsageError(place, fix: error.words) }
    }
}
