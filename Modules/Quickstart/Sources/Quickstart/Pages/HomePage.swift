import LoginFlow
import OAuthTypes
import WireFormats

/// `/`
enum HomePage {
    static func document(_ session: LoginSession?, issuer: String) -> HTML {
        guard let session else { return Layout.page("Welcome", for: .visitor, body: visitor(issuer: issuer)) }
        return Layout.page("Welcome", for: .member, body: member(session))
    }

    private static func visitor(issuer: String) -> HTML {
        """
        <h1>Log in, and see how it works</h1>
        <p class="lead">This app never sees your password. It sends you to an authorization server and gets tokens in return.</p>
        <div class="card">
        <h2>You are not logged in</h2>
        <p>You will log in at <code>\(issuer)</code>, allow this app to know who you are, and come back here.</p>
        <p class="actions"><a id="login" class="button" href="/login?returnTo=/profile">Log in</a></p>
        </div>
        <p class="soft">Every button works without JavaScript.</p>
        """
    }

    private static func member(_ session: LoginSession) -> HTML {
        """
        <h1>Hello, \(name(session))</h1>
        <p class="lead">You are logged in.</p>
        <div class="card">
        <h2>What next?</h2>
        <p>See what the authorization server told this app about you, or let the app call an API for you.</p>
        <div class="actions"><a id="profile" class="button" href="/profile">Your profile</a>\
        <a id="api-call" class="button quiet" href="/api-call">Call the API</a>\
        \(Layout.postButton("Log out", id: "logout", to: "/logout", session: session, quiet: true))</div>
        </div>
        """
    }

    static func name(_ session: LoginSession) -> String {
        let candidates = ["name", "given_name", "preferred_username", "nickname", "email"]
        return candidates.lazy.compactMap { session.claims[$0]?.stringValue }.first ?? session.subject.text
    }
}
