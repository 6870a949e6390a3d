import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

@Suite struct SettingsTests {
    private func faults(_ change: (inout LoginSettings) throws -> Void) throws -> [SettingFault] {
        var settings = LoginSettings(
            issuer: try Issuer("https://login.example"), clientID: try ClientID("app"),
            clientSecret: ClientSecret("secret"), baseURL: try EndpointURL("https://app.example"))
        try change(&settings)
        let environment = LoginFlow.Environment(transport: UnreachableTransport())
        do {
            _ = try LoginFlow(
                settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment
            )
            return []
        } catch { return error.faults }
    }

    @Test func soundSettingsAreTaken() throws {
        #expect(try faults { _ in }.isEmpty)
        #expect(try faults { $0.baseURL = try EndpointURL("https://app.example/") }.isEmpty)
    }

    @Test func everyFaultIsReportedAtOnceWithItsFix() throws {
        let found = try faults {
            $0.issuer = try Issuer("http://localhost:3001", allowing: .loopback)
            $0.baseURL = try EndpointURL("http://localhost:3000/app", allowing: .loopback)
            $0.routes.login = "/callback"
            $0.idleLifetime = 1
            $0.clientSecret = ClientSecret("")
            $0.idTokenAlgorithms = []
        }
        #expect(
            found.map(\.setting) == [
                "issuer", "baseURL", "baseURL", "routes", "idleLifetime, absoluteLifetime", "clientSecret",
                "idTokenAlgorithms",
            ])
        #expect(found.allSatisfy { $0.fix.hasSuffix(".") && !$0.problem.isEmpty })
    }

    @Test(arguments: [
        "", "login", "//login", "/login?x", "/login#x", "/log in", "/l\u{F6}gin", "https://evil.example/",
    ])
    func aRouteIsAPlainPath(path: String) throws {
        #expect(try faults { $0.routes.login = path }.map(\.setting) == ["routes"])
    }

    @Test(
        arguments: [(59, 60), (60, 59), (0, 0), (-1, -1), (60, 31_536_001), (Int64.min, Int64.max)] as [(Int64, Int64)])
    func lifetimesHaveBounds(idle: Int64, absolute: Int64) throws {
        let found = try faults {
            $0.idleLifetime = idle
            $0.absoluteLifetime = absolute
        }
        #expect(found.count == 1)
    }
}
