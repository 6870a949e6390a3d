import OAuthTypes
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

struct EnvironmentVariablesTests {
    @Test(arguments: [("A", "1"), ("EMPTY", nil), ("B", nil), ("a", nil)] as [(String, String?)])
    func givesValuesByTheirExactNamesAndTakesEmptyForUnset(_ name: String, value: String?) {
        let variables: EnvironmentVariables = ["A": "1", "EMPTY": ""]
        #expect(variables[name] == value)
        #expect(variables.names == ["A"])
    }

    @Test func showsNoValue() {
        let variables = EnvironmentVariables(["LOGIN_CLIENT_SECRET": "canary"])
        var dumped = ""
        dump(variables, to: &dumped)
        #expect(!"\(variables) \(String(reflecting: variables)) \(dumped)".contains("canary"))
    }

    @Test func changesACopyOnly() {
        var variables = EnvironmentVariables.process
        variables["LOGIN_TEST_OF_A_COPY"] = "1"
        #expect(variables["LOGIN_TEST_OF_A_COPY"] == "1")
        #expect(EnvironmentVariables.process["LOGIN_TEST_OF_A_COPY"] == nil)
    }

    // In a process of its own, because the environment belongs to a whole process.
    @Test func readsTheProcessAsItIs() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("LOGIN_TEST_ISSUER", "https://a.example/?x=y", 1)
            unsafe setenv("LOGIN_TEST_EMPTY", "", 1)
            unsafe setenv("LOGIN_TEST_MARK", "\u{301}x", 1)
            let variables = EnvironmentVariables.process
            #expect(variables["LOGIN_TEST_ISSUER"] == "https://a.example/?x=y")
            #expect(variables["LOGIN_TEST_EMPTY"] == nil)
            #expect(variables["LOGIN_TEST_MARK"] == "\u{301}x")
            #expect(variables.names.contains("LOGIN_TEST_ISSUER") && !variables.names.contains("LOGIN_TEST_EMPTY"))
            unsafe setenv("LOGIN_TEST_ISSUER", "changed", 1)
            #expect(variables["LOGIN_TEST_ISSUER"] == "https://a.example/?x=y")
            #expect(EnvironmentVariables.process["LOGIN_TEST_ISSUER"] == "changed")
        }
    }

    #if canImport(Glibc)
        @Test func readsAnEnvironmentWithoutAnyVariable() async {
            await #expect(processExitsWith: .success) {
                let before = EnvironmentVariables.process
                clearenv()
                let names = EnvironmentVariables.process.names
                // The test runner needs them to report.
                for name in before.names { unsafe setenv(name, before[name] ?? "", 1) }
                #expect(names == [])
            }
        }
    #endif
}
