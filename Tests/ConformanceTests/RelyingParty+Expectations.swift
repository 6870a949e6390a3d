import AuthURL
import HostileProvider
import LoginTesting
import OAuthTypes
import Testing

extension RelyingParty {
    /// The ways of a response in the Basic and the Form Post plan.
    static let plainModes: [AuthorizationRequest.ResponseMode] = [.query, .formPost]
    static let signedModes: [AuthorizationRequest.ResponseMode] = [.queryJWT, .formPostJWT]

    /// A session on the page that was asked for, and nothing refused.
    func expectSuccess(_ ending: Ending, _ location: SourceLocation = #_sourceLocation) {
        #expect(ending.isLoggedIn, "\(events.refusals)", sourceLocation: location)
        #expect(ending.page.url.text == Self.base + "/account", sourceLocation: location)
        #expect(events.refusals == [], sourceLocation: location)
    }

    /// No session, an error page, one refusal in the log, no request that would use the tokens, and no secret anywhere.
    func expectRefusal(_ ending: Ending, _ location: SourceLocation = #_sourceLocation) {
        #expect(!ending.isLoggedIn, sourceLocation: location)
        #expect(ending.page.status >= 400, sourceLocation: location)
        #expect(events.refusals.count == 1, "\(events.refusals)", sourceLocation: location)
        #expect(count("/userinfo") == 0, sourceLocation: location)
        #expect(!askedStrangers, sourceLocation: location)
        expectNoSecrets(ending.page, location)
    }

    /// What an attentive operator or visitor would find.
    func expectNoSecrets(_ page: TestPage, _ location: SourceLocation = #_sourceLocation) {
        let written = events.everything + page.text
        #expect(!written.contains("canary-client-secret"), sourceLocation: location)
        #expect(!page.text.contains("<script>alert"), sourceLocation: location)
    }
}
