import HostileProvider
import LoginFlow
import Testing

/// A MAC with another secret begins no session, whether HS256 is accepted or not.
@Suite("oidcc-client-test-invalid-sig-hs256") struct IdTokenHS256Tests {
    @Test(arguments: [false, true])
    func theLoginIsRefused(_ acceptsHS256: Bool) async throws {
        let party = try RelyingParty(.idTokenHS256) { settings in
            if acceptsHS256 { settings.deviations = [.hs256ByClientSecret] }
        }
        party.expectRefusal(try await party.logIn())
    }
}
