import AuthURL
import HostileProvider
import Testing

/// An ID token about nobody begins no session.
@Suite("oidcc-client-test-missing-sub") struct IdTokenWithoutSubjectTests {
    @Test(arguments: RelyingParty.plainModes)
    func theLoginIsRefused(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.idTokenWithoutSubject, mode: mode)
        party.expectRefusal(try await party.logIn())
    }
}
