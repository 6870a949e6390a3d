import AuthURL
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct Auth0ParametersTests {
    private func full() throws -> AuthorizationRequest {
        var request = try LoginFixture.request()
        request.connection = "google-oauth2"
        request.organization = try Organization("org_1")
        request.invitation = "t&icket"
        request.screenHint = "signup"
        return request
    }

    @Test func writesEachUnderItsName() throws {
        let started = try LoginFixture.start(full())
        let fields = try LoginFixture.parameters(of: started.url.exposedText)
        for (name, value) in [
            ("connection", "google-oauth2"), ("organization", "org_1"), ("invitation", "t&icket"),
            ("screen_hint", "signup"),
        ] { #expect(fields.onlyValue(named: name) == value) }
    }

    @Test func writesNothingUnasked() throws {
        let fields = try LoginFixture.parameters(of: LoginFixture.start().url.exposedText)
        #expect(!fields.contains { ["connection", "organization", "invitation", "screen_hint"].contains($0.name) })
    }

    @Test(arguments: ["connection", "Organization", "invitation", "screen_hint"])
    func isTakenAsNoExtraParameter(_ name: String) throws {
        var request = try LoginFixture.request()
        #expect(throws: AuthorizationRequestError.reservedParameter(name)) { try request.addExtra(name, value: "x") }
    }

    @Test(arguments: ["", "a\nb", "\u{FC}", String(repeating: "a", count: 513)])
    func refusesValuesThatNoProviderTakes(_ value: String) throws {
        var request = try full()
        request.connection = value
        #expect(throws: AuthorizationRequestError.value("connection")) { try LoginFixture.start(request) }
        request = try full()
        request.invitation = value
        #expect(throws: AuthorizationRequestError.value("invitation")) { try LoginFixture.start(request) }
    }

    @Test func anInvitationNeedsItsOrganization() throws {
        var request = try full()
        request.organization = nil
        #expect(throws: AuthorizationRequestError.invitationWithoutOrganization) { try LoginFixture.start(request) }
    }

    @Test func thePendingLoginKeepsTheOrganizationAlone() throws {
        let written = try LoginFixture.start(full()).pending
        let read = try #require(try decoded(written.encoded()))
        #expect(read.organization?.text == "org_1")
        #expect(read.encoded() == written.encoded())
        #expect(try decoded(LoginFixture.start().pending.encoded())?.organization == nil)
    }

    @Test func aPendingLoginWithoutItsWholeOrganizationIsNone() throws {
        let octets = try LoginFixture.start(full()).pending.encoded()
        for missing in 1...6 { #expect(try decoded(octets.dropLast(missing)) == nil) }
        #expect(try decoded(octets + [0]) == nil)
        var plain = try LoginFixture.start().pending.encoded()
        plain[1] |= 128
        #expect(try decoded(plain) == nil, "the flag alone")
        #expect(try decoded(plain + [0]) == nil, "an empty organization")
    }

    private func decoded(_ octets: some Sequence<UInt8>) throws -> PendingLogin? {
        try PendingLogin(
            decoding: Array(octets), issuer: Issuer("https://login.example"), clientID: ClientID("shop"),
            redirectURI: EndpointURL("https://app.example/callback"))
    }
}
