import LoginFlow
import OAuthTypes
import TestSupport
import Testing

@Suite struct CredentialEndTests {
    private func told(daysBefore days: Int64) async throws -> [[String: String]] {
        let clock = ManualClock().now
        let app = try OddApp(configure: { $0.clientCredentialEndsAt = clock.adding(seconds: days * 86_400 + 60) })
        _ = await app.begin()
        _ = await app.begin()
        return app.details("credential.ending")
    }

    @Test func anEndIsToldFrom30DaysBefore() async throws {
        #expect(try await told(daysBefore: 31) == [])
        #expect(try await told(daysBefore: 29) == [["days": "29", "ended": "no"]])
        #expect(try await told(daysBefore: -2).first?["ended"] == "yes")
    }

    @Test func itIsToldOnceADay() async throws {
        let now = ManualClock().now
        let app = try OddApp(configure: { $0.clientCredentialEndsAt = now.adding(seconds: 86_400 * 3) })
        for _ in 1...48 {
            _ = await app.begin()
            app.clock.advance(seconds: 3_600)
        }
        #expect(app.details("credential.ending").map { $0["days"] } == ["3", "2"])
    }
}
