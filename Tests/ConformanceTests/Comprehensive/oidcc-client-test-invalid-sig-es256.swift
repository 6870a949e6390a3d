import HostileProvider
import JOSE
import LoginFlow
import Testing

/// An ES256 signature by a key that is not published begins no session, whether ES256 is accepted or not.
@Suite("oidcc-client-test-invalid-sig-es256") struct IdTokenES256InvalidTests {
    @Test(arguments: [false, true])
    func theLoginIsRefused(_ acceptsES256: Bool) async throws {
        let party = try RelyingParty(.idTokenES256Invalid) { settings in
            if acceptsES256 { settings.idTokenAlgorithms = [.es256] }
        }
        party.expectRefusal(try await party.logIn())
    }
}
