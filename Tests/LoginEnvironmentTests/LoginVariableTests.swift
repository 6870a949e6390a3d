import LoginEnvironment
import OAuthTypes
import TestSupport
import Testing

struct LoginVariableTests {
    @Test(arguments: [
        ("LOGIN_CLIENTID", "Did you mean LOGIN_CLIENT_ID?"), ("LOGIN_BASEURL", "Did you mean LOGIN_BASE_URL?"),
        ("LOGIN_TRUSTED_AUDIENCE", "Did you mean LOGIN_TRUSTED_AUDIENCES?"),
        ("LOGIN_ISSUER_", "Did you mean LOGIN_ISSUER?"), ("LOGIN_SHELL", "Leave it if another program reads it."),
        ("LOGIN_REDIRECT_URI", "Leave it if another program reads it."),
    ])
    func tellsOfVariablesThatNoLoginReads(_ name: String, fix: String) throws {
        let variables = EnvironmentVariables.complete([name: "canary"])
        #expect(variables.unknownLoginVariables.map(\.setting) == [name])
        #expect(variables.unknownLoginVariables.map(\.fix) == [fix])
        let login = try ConfiguredLogin(variables: variables)
        #expect(login.warnings == variables.unknownLoginVariables)
        #expect(!"\(login.warnings)".contains("canary"))
    }

    @Test func tellsNothingOfOtherVariables() {
        let variables = EnvironmentVariables.complete([
            "PATH": "/bin", "MY_LOGIN_ISSUER": "x", "login_issuer": "x", "LOGIN_NOTHING": "",
        ])
        #expect(variables.unknownLoginVariables.isEmpty)
    }

    @Test func boundsWhatItTells() {
        var variables = EnvironmentVariables.complete()
        for number in 0..<1000 { variables["LOGIN_\(number)" + String(repeating: "\u{1B}X", count: 500)] = "x" }
        let told = variables.unknownLoginVariables
        #expect(told.count == 16)
        #expect(told.allSatisfy { $0.setting.utf8.count <= 64 && !$0.setting.unicodeScalars.contains("\u{1B}") })
    }

    @Test func theGuideListsEveryVariableWithItsKey() throws {
        let guide = String(decoding: try VectorFile.document("Docs/Guides/Configuring.md"), as: UTF8.self)
        let rows = guide.split(separator: "\n").filter { $0.hasPrefix("| `LOGIN_") }.map { row in
            row.split(separator: "|").prefix(2).map { $0.filter { $0 != " " && $0 != "`" } }
        }
        #expect(rows == LoginVariable.allCases.map { [$0.rawValue, $0.key] })
        let secrets = guide.split(separator: "\n").filter { $0.hasPrefix("| `LOGIN_") && $0.contains("secret; ") }
        #expect(secrets.count == LoginVariable.allCases.filter(\.isSecret).count)
    }
}
