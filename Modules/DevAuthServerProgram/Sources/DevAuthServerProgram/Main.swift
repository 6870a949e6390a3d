import ArgumentParser
import DevAuthServer
import DevAuthServerCommands
import NIOCore
import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Serves a `DevAuthServer` on 127.0.0.1 until SIGINT or SIGTERM.
@main
struct Main {
    static func main() async {
        do {
            let options = try Options(arguments: Array(CommandLine.arguments.dropFirst()))
            let file = try options.configurationFile.map(File.octets)
            let configuration = try Configuration(file: file, options: options)
            let server = try configuration.server(
                environment: EnvironmentVariables.process["LOGIN_ENV"])
            try await run(Listener(server: server, announcement: Announcement(configuration)), on: configuration.port)
        } catch let invalid as SettingsError {
            for fault in invalid.faults { complain("\(fault)") }
            exit(2)
        } catch {
            end(with: error)
        }
    }

    private static func run(_ listener: Listener, on port: UInt16) async throws {
        do { try await listener.run() } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw SettingsError(faults: [portTaken(port)])
        }
    }

    private static func portTaken(_ port: UInt16) -> SettingFault {
        SettingFault(
            setting: "--port", problem: "another program uses port \(port)",
            fix: "Stop it, or give another number. The issuer changes with it.")
    }

    // Requested help, options that cannot be read, or a server that cannot run.
    private static func end(with error: any Error) -> Never {
        let isHelp = Options.exitCode(for: error).isSuccess
        guard isHelp else {
            complain(Options.fullMessage(for: error))
            exit(Options.exitCode(for: error) == .validationFailure ? 2 : 1)
        }
        print(Options.fullMessage(for: error))
        exit(0)
    }

    private static func complain(_ text: String) {
        var octets = Array((text + "\n").utf8)
        unsafe octets.withUnsafeMutableBytes { buffer in
            _ = unsafe write(STDERR_FILENO, buffer.baseAddress, buffer.count)
        }
    }
}
