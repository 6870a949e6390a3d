import AuthURL
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
            $0.provider = .discovered(try Issuer("http://localhost:3001", allowing: .loopback))
            $0.baseURL = try EndpointURL("http://localhost:3000/app", allowing: .loopback)
            $0.routes.login = "/callback"
            $0.idleLifetime = .seconds(1)
            $0.clientCredential = .secret(ClientSecret(""))
            $0.idTokenAlgorithms = []
        }
        #expect(
            found.map(\.setting) == [
                "issuer", "baseURL", "baseURL", "routes", "idleLifetime, absoluteLifetime", "clientSecret",
                "idTokenAlgorithms",
            ])
        #expect(found.allSatisfy { $0.fix.hasSuffix(".") && !$0.problem.isEmpty })
    }

    @Test func aDeviationThatCannotWorkIsAFault() throws {
        let faulty: [LoginDeviation] = [
            .linkedIn, .linkedIn(issuer: try Issuer("https://login.example/")), .trustedAudiences([]),
            .trustedAudiences(["a", ""]), .hs256ByClientSecret,
        ]
        for deviation in faulty { #expect(try faults { $0.deviations = [deviation] }.map(\.setting) == ["deviations"]) }
        let both = try faults {
            $0.clientCredential = .secret(ClientSecret(String(repeating: "s", count: 32)))
            $0.deviations = [.hs256ByClientSecret]
            $0.idTokenAlgorithms = [.es256]
        }
        #expect(both.count == 1)
        #expect(
            try faults { $0.deviations = [.trustedAudiences(["a"]), .sha256EdDSAHash, .unencodedBasicSecret] } == [])
    }

    @Test func noneStandsAloneAndAMetadataAddressIsSecure() throws {
        #expect(try faults { $0.prompt = [.none, .login] }.map(\.setting) == ["prompt"])
        let address = try EndpointURL("http://localhost:9/m", allowing: .loopback)
        let found = try faults { $0.provider = .document(at: address, issuer: $0.issuer) }
        #expect(found.map(\.setting) == ["provider"])
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
            $0.idleLifetime = .seconds(idle)
            $0.absoluteLifetime = .seconds(absolute)
        }
        #expect(found.count == 1)
    }
}
