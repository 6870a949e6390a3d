import ArgumentParser
import WireFormats

struct DecodeCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Prints header and payload of a token. They are NOT VERIFIED and prove nothing.",
        discussion: """
            If the token is malformed, the exit code is 1 and one line on standard error names the segment.
            """)

    @Argument(help: ArgumentHelp("The token, or - for standard input.", valueName: "token"))
    var tokens: [String] = []

    func run(on console: Console) throws {
        let decoded = try UnverifiedToken(TokenText(tokens, console: console).text)
        try console.write(PrintableJSON.text(.object(decoded.report), layout: .indented) + "\n")
    }
}
