import ArgumentParser

/// The program. It takes arguments, writes texts and returns an exit status.
public enum LoginTool {
    /// The exit status.
    public enum Status: Int32, Sendable {
        /// The command succeeded. A token to verify is verified.
        case success = 0
        /// The token was rejected, or the doctor found a problem.
        case refused = 1
        /// Nothing was verified or examined: an option is wrong, or a file cannot be read or written.
        case misused = 2
    }

    /// Runs the command that `arguments` name. They begin after the name of the program.
    public static func run(_ arguments: [String], on console: Console) -> Status {
        let given = Arguments(arguments)
        do {
            try given.requireValues()
            var command = try LoginToolCommand.parseAsRoot(arguments)
            guard let action = command as? any ConsoleCommand else {
                try command.run()  // a command of the parser, such as `help`
                return .success
            }
            try action.run(on: console)
            return .success
        } catch is ProblemsFoundError {
            return .refused
        } catch let error as RejectionError {
            console.complain("\(error)\n")
            return .refused
        } catch let error as UsageError {
            console.complain(given.redacted("error: \(error)\n"))
            return .misused
        } catch {
            return answer(error, to: given, on: console)
        }
    }

    // What the parser reports by an error: requested help, or options that it does not understand.
    private static func answer(_ error: any Error, to arguments: Arguments, on console: Console) -> Status {
        let text = LoginToolCommand.fullMessage(for: error) + "\n"
        guard LoginToolCommand.exitCode(for: error).isSuccess else {
            console.complain(arguments.redacted(text))
            return .misused
        }
        // A token or a nonce may look like a request for help. With other options given, status 0 would then say that a
        // token is verified.
        guard arguments.texts.count(where: { $0.hasPrefix("-") }) <= 1 else {
            let problem =
                "error: an option is missing, or help was requested along with other options; give --help alone\n\n"
            console.complain(arguments.redacted(problem + text))
            return .misused
        }
        do { try console.write(text) } catch { return .misused }
        return .success
    }
}

/// A command that works on a console.
protocol ConsoleCommand: ParsableCommand {
    /// - Throws: ``RejectionError`` or ``UsageError``.
    func run(on console: Console) throws
}

struct LoginToolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login-tool", abstract: "Examines the settings of a login; decodes and verifies its tokens.",
        subcommands: [
            DoctorCommand.self, ProfileCommand.self, KeysCommand.self, SecretCommand.self, TokenCommand.self,
        ])
}

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Decodes and verifies signed tokens.",
        subcommands: [DecodeCommand.self, VerifyCommand.self])
}
