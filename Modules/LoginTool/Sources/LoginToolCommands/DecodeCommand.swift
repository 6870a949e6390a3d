import ArgumentParser
import WireFormats

struct DecodeCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Prints header and payload of a token. NOT VERIFIED: proves nothing.",
        discussion: """
            Exit code 1 and one line on standard error that names the segment if the token is malformed.
            """)

    @Argument(help: ArgumentHelp("The token, or - for standard input.", valueName: "token"))
    var tokens: [String] = []

    func run(on console: Console) throws {
        let decoded = try UnverifiedToken(TokenText(tokens, console).text)
        try console.write(PrintableJSON.text(.object(decoded.report), .indented) + "\n")
    }
}
