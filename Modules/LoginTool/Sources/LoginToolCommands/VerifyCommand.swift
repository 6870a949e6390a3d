import ArgumentParser
import JOSE
import OAuthTypes
import WireFormats

struct VerifyCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verifies a token, or with --batch many tokens.",
        discussion: """
            Prints the verified claims as JSON and exits with 0. If the token is rejected, prints one line on standard \
            error and exits with 1; if it could not be verified, exits with 2. Tolerated deviations from the standards \
            are noted on standard error.

            A batch has one JSON object per line, {"id", "token", "jwks" (text of the set), "profile", "alg" (array), \
            "max_age", "access_token"}. The answer to each line is a line {"id", "verdict", "error"}.
            """)

    // A random value begins with a dash once in 64 times.
    @Option(parsing: .unconditional, help: "The issuer of the token.")
    var issuer: String

    @Option(
        name: .customLong("client-id"), parsing: .unconditional,
        help: "The audience of the token: the client, or the API for an access token.")
    var clientID: String

    @Option(help: ArgumentHelp("The issuer's key set.", valueName: "file"))
    var jwks: String?

    @Option(parsing: .unconditional, help: "The nonce of the login; required for an ID token.")
    var nonce: String?

    @Option(help: "The accepted algorithms, separated with commas: \(AlgorithmPolicy.list).")
    var alg = "RS256"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The time to verify for, in seconds since 1970. (default: now)", valueName: "unix"))
    var at: Int64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The allowed difference between the clocks, 0 to 120.", valueName: "seconds"))
    var leeway: Int64 = 60

    @Option(help: "The kind of token: \(TokenProfile.names.joined(separator: ", ")).")
    var profile = "id-token"

    @Option(help: ArgumentHelp("The client secret, for ID tokens signed with HMAC.", valueName: "file"))
    var clientSecretFile: String?

    @Option(help: ArgumentHelp("Verify each line of this file, or of standard input for -.", valueName: "file"))
    var batch: String?

    @Argument(help: ArgumentHelp("The token, or - for standard input.", valueName: "token"))
    var tokens: [String] = []

    /// The values that may be `-` for standard input.
    var readers: [String] { [jwks, clientSecretFile, batch].compactMap(\.self) + tokens }

    func run(on console: Console) throws {
        let settings = try VerifySettings(self, console: console)
        if let batch {
            guard tokens.isEmpty else {
                throw UsageError("--batch with a token", fix: "give the one or the other")
            }
            var answers = Batch(settings, console: console)
            try answers.run(batch)
        } else {
            try verify(settings, on: console)
        }
    }

    private func verify(_ settings: VerifySettings, on console: Console) throws {
        guard settings.judge.nonce != nil || settings.profile != .idToken else {
            throw UsageError("--nonce is missing", fix: "give the nonce of the login that the ID token is for")
        }
        guard jwks != nil || !settings.policy.needsKeySet else {
            throw UsageError(
                "--jwks is missing", fix: "give the file with the issuer's key set, or - for standard input")
        }
        let token = try TokenText(tokens, console: console).text
        let keys = try settings.keySet?.keys() ?? .empty
        let answer = try settings.judge.claims(
            TokenJudge.Question(token: token, profile: settings.profile, policy: settings.policy, keys: keys))
        try console.write(PrintableJSON.text(.object(answer.claims), layout: .indented) + "\n")
        for deviation in answer.deviations { console.complain("note: \(deviation)\n") }
    }
}
