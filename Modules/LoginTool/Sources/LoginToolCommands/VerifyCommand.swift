import ArgumentParser
import JOSE
import OAuthTypes
import WireFormats

struct VerifyCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Judges a token, or with --batch many of them.",
        discussion: """
            Prints the verified claims as JSON and ends with 0, or prints one line on standard error and ends with 1 \
            if the token is refused, with 2 if it could not be judged. What departs from the standards and was read all \
            the same is noted on standard error.

            A batch has one JSON object a line, {"id", "token", "jwks" (text of the set), "profile", "alg" (array), \
            "max_age", "access_token"}, and is answered with one line each, {"id", "verdict", "error"}.
            """)

    // Texts may begin with a dash: the random ones do so once in 64 times.
    @Option(parsing: .unconditional, help: "Who must have issued the token.")
    var issuer: String

    @Option(
        name: .customLong("client-id"), parsing: .unconditional,
        help: "Whom it must be for: the client, or for an access token the API.")
    var clientID: String

    @Option(help: ArgumentHelp("The issuer's key set.", valueName: "file"))
    var jwks: String?

    @Option(parsing: .unconditional, help: "The nonce of the login; required for an ID token.")
    var nonce: String?

    @Option(help: "The algorithms that are accepted, separated by commas: \(AlgorithmPolicy.list).")
    var alg = "RS256"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The moment to judge for, in seconds since 1970. (default: now)", valueName: "unix"))
    var at: Int64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How far the clocks may differ, 0 to 120.", valueName: "seconds"))
    var leeway: Int64 = 60

    @Option(help: "The kind of token: \(TokenProfile.names.joined(separator: ", ")).")
    var profile = "id-token"

    @Option(help: ArgumentHelp("The client secret, for ID tokens with HMAC.", valueName: "file"))
    var clientSecretFile: String?

    @Option(help: ArgumentHelp("Judge each line of this file, or of standard input for -.", valueName: "file"))
    var batch: String?

    @Argument(help: ArgumentHelp("The token, or - for standard input.", valueName: "token"))
    var tokens: [String] = []

    /// Everything that may stand for standard input.
    var readers: [String] { [jwks, clientSecretFile, batch].compactMap(\.self) + tokens }

    func run(on console: Console) throws {
        let settings = try VerifySettings(self, console)
        if let batch {
            guard tokens.isEmpty else {
                throw UsageProblem("--batch with a token", "give the one or the other")
            }
            var answers = Batch(settings, console)
            try answers.run(batch)
        } else {
            try verify(settings, console)
        }
    }

    private func verify(_ settings: VerifySettings, _ console: Console) throws {
        guard settings.judge.nonce != nil || settings.profile != .idToken else {
            throw UsageProblem("--nonce is missing", "give the nonce of the login that the ID token is for")
        }
        guard jwks != nil || !settings.policy.needsKeySet else {
            throw UsageProblem("--jwks is missing", "give the file with the issuer's key set, or - for standard input")
        }
        let token = try TokenText(tokens, console).text
        let keys = try settings.keySet?.keys() ?? .empty
        let answer = try settings.judge.claims(
            TokenJudge.Question(token: token, profile: settings.profile, policy: settings.policy, keys: keys))
        try console.write(PrintableJSON.text(.object(answer.claims), .indented) + "\n")
        for deviation in answer.deviations { console.complain("note: \(deviation)\n") }
    }
}
