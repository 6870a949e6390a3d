import LoginToolCommands
import OAuthTypes
import Testing

@Suite struct UsageTests {
    let issuer: TestIssuer

    init() throws { issuer = try TestIssuer() }

    // The options, and what the message must name: the culprit and the fix.
    @Test(arguments: [
        (["--alg", "RS257"], ["--alg RS257", "RS256"]),
        (["--alg", ""], ["--alg", "RS256"]),
        (["--alg", "ES256,HS256"], ["--alg ES256,HS256", "HMAC"]),
        (["--alg", "HS256"], ["--alg HS256", "--client-secret-file"]),
        (["--profile", "refresh-token"], ["--profile refresh-token", "id-token", "logout-token"]),
        (["--issuer", "issuer.example"], ["--issuer issuer.example", "https://"]),
        (["--client-id", ""], ["--client-id", "must not be empty"]),
        (["--nonce", ""], ["--nonce", "must not be empty"]),
        (["--leeway", "121"], ["--leeway 121", "0 to 120"]),
        (["--leeway", "-1"], ["--leeway -1", "0 to 120"]),
        (["--at", "tomorrow"], ["--at", "tomorrow"]),
        (["--jwks", "no/such/file"], ["no/such/file", "No such file", "name a file"]),
        (["--jwks", "-"], ["- is given twice", "name files"]),
        (["--client-secret-file", "no/such/file"], ["no/such/file", "No such file"]),
        (["--batch", "no/such/file"], ["--batch with a token", "the one or the other"]),
        (["--unknown"], ["--unknown", "--help"]),
    ])
    func namesTheCulpritAndTheFix(_ more: [String], parts: [String]) throws {
        let arguments = ["token", "verify", "--jwks", issuer.keySetFile] + issuer.options + more + ["-"]
        let session = Session(arguments, input: try issuer.token())
        #expect(session.status == .misused)
        #expect(session.output == "")
        for part in parts { #expect(session.complaint.contains(part)) }
    }

    @Test(arguments: ["--issuer", "--client-id", "--nonce", "--jwks"])
    func asksForWhatIsMissing(_ option: String) throws {
        var arguments = ["token", "verify", "--jwks", issuer.keySetFile] + issuer.options + ["-"]
        let index = try #require(arguments.firstIndex(of: option))
        arguments.removeSubrange(index...index + 1)
        let session = Session(arguments, input: try issuer.token())
        #expect(session.status == .misused)
        #expect(session.complaint.contains(option))
    }

    @Test(arguments: ["verify", "decode"])
    func wantsExactlyOneTokenAndRepeatsNone(_ command: String) throws {
        let options = command == "verify" ? ["--jwks", issuer.keySetFile] + issuer.options : []
        let none = Session(["token", command] + options)
        let two = Session(["token", command] + options + ["secret-a", "secret-b"])
        #expect(none.status == .misused && none.complaint.hasPrefix("error: no token: "))
        #expect(two.status == .misused && two.complaint.hasPrefix("error: 2 tokens: "))
        #expect(!two.complaint.contains("secret"))
    }

    // The parser takes the next argument as the value of an option that ends with its equals sign.
    @Test(arguments: ["--issuer", "--client-id", "--nonce", "--at", "--jwks", "--alg", "--leeway", "--profile"])
    func takesNoOptionForTheValueOfAnother(_ option: String) throws {
        let arguments = ["token", "verify", "\(option)=", "--jwks", issuer.keySetFile] + issuer.options + ["-"]
        let session = Session(arguments, input: try issuer.token())
        #expect(session.status == .misused && session.output == "")
        #expect(session.complaint.hasPrefix("error: \(option): must not be empty"))
    }

    // As an extra argument, and as the value of every option that complaints repeat.
    @Test(arguments: [
        ["x"], ["--at"], ["--leeway"], ["--alg"], ["--profile"], ["--issuer"], ["--jwks"], ["--client-secret-file"],
        ["--batch"],
        ["--unknown"], ["x", "--at"],
    ])
    func repeatsNoTokenThatStandsInTheWrongPlace(_ before: [String]) throws {
        let token = try issuer.token()
        let segment = try #require(token.split(separator: ".").last)
        let options = ["token", "verify", "--jwks", issuer.keySetFile] + issuer.options
        for text in [token, "-" + token, "--" + token, token + "=", String(repeating: "s", count: 65), "\(segment)"] {
            let joined = before.last.map { before.dropLast() + ["\($0)=\(text)"] } ?? []
            for more in [before + [text], joined] where !more.isEmpty {
                for arguments in [options + more, ["token"] + more, more] {
                    let session = Session(arguments, input: token)
                    #expect(session.status != .success || arguments.count < options.count)
                    #expect(!(session.complaint + session.output).contains(text.suffix(40)))
                }
            }
        }
    }

    @Test func showsThePathThatCannotBeOpened() throws {
        let path = issuer.folder.path + "/no.such.file/" + String(repeating: "a", count: 65)
        let session = Session(["token", "verify"] + issuer.options + ["--jwks", path, "-"], input: try issuer.token())
        #expect(session.status == .misused && session.complaint.contains(path))
    }

    @Test func saysThatAFolderIsNoFile() throws {
        let arguments = ["token", "verify"] + issuer.options + ["--jwks", issuer.folder.path, "-"]
        let session = Session(arguments, input: try issuer.token())
        #expect(session.status == .misused)
        #expect(session.complaint.contains(issuer.folder.path) && session.complaint.contains("directory"))
    }

    @Test(arguments: ["", "\n"])
    func refusesAnEmptySecretFile(_ text: String) throws {
        let file = try issuer.folder.file("secret", text: text)
        let arguments = ["token", "verify"] + issuer.options + ["--alg", "HS256", "--client-secret-file", file, "-"]
        let session = Session(arguments, input: try issuer.token())
        #expect(session.status == .misused)
        #expect(session.complaint.contains(file))
    }

    @Test(arguments: [["--help"], ["token", "--help"], ["token", "verify", "--help"], ["help", "token"], []])
    func helpIsNoMistake(_ arguments: [String]) {
        let session = Session(arguments)
        #expect(session.status == .success)
        #expect(session.output.contains("USAGE: login-tool"))
    }

    // To a script, status 0 means "verified".
    @Test(arguments: ["--help", "-h", "--generate-completion-script", "--experimental-dump-help"])
    func takesNoTokenForACallForHelp(_ token: String) {
        let session = Session(["token", "verify", "--jwks", issuer.keySetFile] + issuer.options + [token])
        #expect(session.status == .misused)
        #expect(session.output == "")
    }

    @Test func saysThatStandardOutputIsGone() throws {
        struct BrokenOutputError: Error {}
        let console = Console(
            input: OctetSource { _ in [] }, clock: .system, output: { _ in throw BrokenOutputError() },
            complaints: { _ in })
        #expect(LoginTool.run(["token", "decode", try issuer.token()], on: console) == .misused)
    }
}
