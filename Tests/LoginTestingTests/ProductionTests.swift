import LoginFlow
import LoginTesting
import OAuthTypes
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Each in a process of its own, because the environment belongs to a whole process.
struct ProductionTests {
    @Test func productionIsRefused() async {
        await #expect(processExitsWith: .success) {
            for name in ["production", "Production", " production\n"] {
                unsafe setenv("LOGIN_ENV", name, 1)
                let fixture = try Fixture()
                #expect { try TestLogin(fixture.flow) } throws: { Self.isRefusal($0) }
                #expect { try fixture.browser() } throws: { Self.isRefusal($0) }
            }
        }
    }

    @Test func everythingElseIsAccepted() async {
        await #expect(processExitsWith: .success) {
            let fixture = try Fixture()
            for name in ["development", "test", "", "preproduction"] {
                unsafe setenv("LOGIN_ENV", name, 1)
                _ = try await TestLogin(fixture.flow).loggedIn(subject: "alice")
                _ = try fixture.browser()
            }
            unsafe unsetenv("LOGIN_ENV")
            _ = try await TestLogin(fixture.flow).loggedIn(subject: "alice")
        }
    }

    private static func isRefusal(_ error: any Error) -> Bool {
        guard case .production? = error as? LoginTestingError else { return false }
        return "\(error)".contains("LOGIN_ENV")
    }
}
