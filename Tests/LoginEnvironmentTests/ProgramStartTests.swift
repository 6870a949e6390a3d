import LoginEnvironment
import LoginFlow
import OAuthTypes
import Testing

/// What a program tells when it starts: each test is a process of its own.
struct ProgramStartTests {
    struct AppError: Error, CustomStringConvertible {
        let description = "the app's own trouble\nLOGIN_ISSUER: forged"
    }

    private func lines(_ result: ExitTest.Result?) throws -> [String] {
        let octets = try #require(result).standardErrorContent
        return String(decoding: octets, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func everyFaultIsOneLineAndTheExitCodeIs2() async throws {
        let result = await #expect(processExitsWith: .exitCode(2), observing: [\.standardErrorContent]) {
            _ = ConfiguredLogin.orExit(variables: [
                "LOGIN_ISSUER": "http://login.example", "LOGIN_CLIENT_SECRET": "canary-client",
                "LOGIN_BASE_URL": "https://app.example", "LOGIN_PROMPT": "\u{1B}[2J", "LOGIN_SESSION_SECRET": "canary",
            ])
        }
        let lines = try lines(result)
        let settings = ["LOGIN_ISSUER", "LOGIN_CLIENT_ID", "LOGIN_PROMPT", "LOGIN_SESSION_SECRET"]
        #expect(lines.map { String($0.prefix { $0 != ":" }) } == settings)
        #expect(!lines.contains { $0.contains("canary") || $0.unicodeScalars.contains("\u{1B}") })
    }

    @Test func warningsAreLinesAndTheProgramGoesOn() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let login = ConfiguredLogin.orExit(variables: .complete(["LOGIN_CLIENTID": "canary"]))
            await login.shutdown()
        }
        #expect(
            try lines(result) == [
                "warning: LOGIN_CLIENTID: no login reads a variable of this name. Did you mean LOGIN_CLIENT_ID?"
            ])
    }

    @Test func anErrorOfTheAppIsOneLineAndTheExitCodeIs1() async throws {
        let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
            _ = ConfiguredLogin.orExit(variables: .complete()) { _, _ in throw AppError() }
        }
        #expect(try lines(result) == ["error: the app's own trouble?LOGIN_ISSUER: forged"])
    }

    @Test func settingsOfTheAppEndItInTheSameWay() async throws {
        let result = await #expect(processExitsWith: .exitCode(2), observing: [\.standardErrorContent]) {
            SettingsError(faults: [
                SettingFault(setting: "APP_COLOR", problem: "'grün' is no color", fix: "Use red."),
                SettingFault(setting: "PORT", problem: "it is not set", fix: "Give a number."),
            ]).exit()
        }
        #expect(
            try lines(result) == ["APP_COLOR: 'grün' is no color. Use red.", "PORT: it is not set. Give a number."])
    }
}
