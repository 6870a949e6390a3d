import AuthURL
import OAuthTypes
import Testing

struct EndSessionRequestTests {
    @Test func writesWhatTheStandardNames() throws {
        let logout = try EndSessionRequest(
            endSessionEndpoint: EndpointURL("https://login.example/logout?p=1"), clientID: ClientID("shop"),
            idTokenHint: RawIDToken("a.b.c"), postLogoutRedirectURI: EndpointURL("https://app.example/"), state: "xyz")
        #expect(
            logout.url.exposedText == "https://login.example/logout?p=1&id_token_hint=a.b.c&client_id=shop"
                + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2F&state=xyz")
    }

    @Test func sendsWhatAProviderWithALogoutOfItsOwnTakes() throws {
        let logout = try EndSessionRequest(
            logoutEndpoint: EndpointURL("https://shop.auth.example/logout"), clientID: ClientID("shop"),
            returningTo: EndpointURL("https://app.example/"), in: "logout_uri")
        #expect(
            logout.url.exposedText
                == "https://shop.auth.example/logout?client_id=shop&logout_uri=https%3A%2F%2Fapp.example%2F")
    }

    @Test func sendsNoStateThatCouldNotComeBack() throws {
        let logout = try EndSessionRequest(
            endSessionEndpoint: EndpointURL("https://login.example/logout"), clientID: ClientID("shop"), state: "xyz")
        #expect(logout.url.exposedText == "https://login.example/logout?client_id=shop")
    }

    @Test(arguments: [
        ("state=xyz", true), ("a=b&state=xyz", true), ("state=xyZ", false), ("state=", false), ("", false),
        ("state=xyz&state=xyz", false), ("state=%", false),
    ])
    func recognisesTheReturn(_ query: String, isReturn: Bool) {
        #expect(EndSessionRequest.isReturn(query: query, state: "xyz") == isReturn)
    }

    @Test func recognisesNoReturnToAnEmptyState() {
        #expect(!EndSessionRequest.isReturn(query: "state=", state: ""))
    }

    @Test func makesFreshStates() {
        #expect(EndSessionRequest.makeState(random: .system) != EndSessionRequest.makeState(random: .system))
        #expect(EndSessionRequest.makeState(random: .system).utf8.count == 43)
    }

    @Test func printsNoToken() throws {
        let logout = try EndSessionRequest(
            endSessionEndpoint: EndpointURL("https://login.example/logout"), clientID: ClientID("shop"),
            idTokenHint: RawIDToken("s3cret"))
        var shown = "\(logout) \(String(reflecting: logout)) \(logout.url) \(String(reflecting: logout.url))"
        dump(logout, to: &shown)
        dump(logout.url, to: &shown)
        #expect(!shown.contains("s3cret"))
    }
}
