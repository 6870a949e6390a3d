import AuthURL
import HostileProvider
import Testing

/// An error by form_post is shown, and no code is sent.
@Suite("oidcc-client-test-form-post-error") struct PostedErrorTests {
    @Test func theErrorIsShown() async throws {
        let party = try RelyingParty(.postedError, mode: .formPost)
        party.expectRefusal(try await party.logIn())
        #expect(party.count("/token") == 0)
    }
}
