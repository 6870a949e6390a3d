import AuthURL
import HostileProvider
import Testing
import WireFormats

/// Claims about another user are not taken.
@Suite("oidcc-client-test-userinfo-invalid-sub") struct UserInfoSubjectMismatchTests {
    @Test(arguments: RelyingParty.plainModes)
    func theClaimsAreRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.userInfoSubjectMismatch, mode: mode)
        let ending = try await party.logIn()
        #expect(party.count("/userinfo") == 1)
        #expect(ending.claims?["sub"] == "subject-a")
        #expect(ending.claims?["email"] == nil)
        #expect(party.events.everything.contains("userinfo.failed"))
    }
}
