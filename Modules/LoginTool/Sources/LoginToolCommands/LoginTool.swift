import ArgumentParser

/// The program: arguments in, texts and an exit status out.
public enum LoginTool {
    /// What the program ends with.
    public enum Status: Int32, Sendable {
        /// Done; a token that was to be verified is verified.
        case success = 0
        /// The token was refused.
        case refused = 1
        /// Nothing was judged: a wrong option, or a file that cannot be read or written.
        case misused = 2
    }

    /// Runs the command that `arguments` name, without the program's own name.
    public static func run(_ arguments: [String], on console: Console) -> Status {
        let given = Arguments(arguments)
        do {
            try given.requireValues()
            var command = try LoginToolCommand.parseAsRoot(arguments)
            guard let action = command as? any ConsoleCommand else {
                try command.run()  // what the parser answers itself, such as `help`
                return .success
            }
            try action.run(on: console)
            return .success
        } catch let refusal as Refusal {
            console.complain("\(refusal)\n")
            return .refused
        } catch let problem as UsageProblem {
            console.complain(given.redacted("error: \(problem)\n"))
            return .misused
        } catch {
            return answer(error, to: given, on: console)
        }
    }

    // The parser's own: help that was asked for, or options that it does not understand.
    private static func answer(_ error: any Error, to arguments: Arguments, on console: Console) -> Status {
        let text = LoginToolCommand.fullMessage(for: error) + "\n"
        guard LoginToolCommand.exitCode(for: error).isSuccess else {
            console.complain(arguments.redacted(text))
            return .misused
        }
        // The parser takes a token or a nonce for a call for help when it looks like one. Status 0 among other options
        // would then say that a token is verified.
        guard arguments.texts.count(where: { $0.hasPrefix("-") }) <= 1 else {
            let problem = "error: a missing option, or a call for help among others; give --help alone\n\n"
            console.complain(arguments.redacted(problem + text))
            return .misused
        }
        do { try console.write(text) } catch { return .misused }
        return .success
    }
}

/// A command that does its work with a console.
protocol ConsoleCommand: ParsableCommand {
    /// - Throws: ``Refusal`` or ``UsageProblem``.
    func run(on console: Console) throws
}

struct LoginToolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login-tool", abstract: "Looks at the tokens of a login, without any network.",
        subcommands: [TokenCommand.self])
}

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Decodes and verifies signed tokens.",
        subcommands: [DecodeCommand.self, VerifyCommand.self])
}
