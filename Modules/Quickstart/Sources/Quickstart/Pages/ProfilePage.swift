import LoginFlow
import OAuthTypes
import WireFormats

/// `/profile`
enum ProfilePage {
    static func document(
        _ session: LoginSession, sessions: SessionList, events: [FlowEvent], notice: Refresh.Outcome?, now: UnixTime
    ) -> HTML {
        Layout.page(
            "Profile", for: .member,
            body: """
                <h1>\(HomePage.name(session))</h1>
                <p class="lead">Logged in as <code id="subject">\(session.subject.text)</code> by \(session.issuer).</p>
                \(notice.map(self.notice) ?? "")
                <div class="card">
                <h2>Try it</h2>
                <div class="actions"><a id="api-call" class="button" href="/api-call">Call the API</a>\
                \(Layout.postButton("Refresh the tokens", id: "refresh", to: "/refresh", session: session, quiet: true))\
                \(Layout.postButton("Log out", id: "logout", to: "/logout", session: session, quiet: true))</div>
                </div>
                <section class="card" aria-labelledby="claims-title">
                <h2 id="claims-title">What the provider says about you</h2>
                <dl id="claims">\(session.claims.members.map { claim($0.name, value: $0.value) })</dl>
                </section>
                <section class="card" aria-labelledby="session-title">
                <h2 id="session-title">Your session</h2>
                <dl>\(facts(session, now: now))</dl>
                </section>
                \(sessions.section(of: session))
                \(SequenceDiagram.section(events))
                """)
    }

    private static func notice(_ outcome: Refresh.Outcome) -> HTML {
        let login: HTML =
            outcome.offersLogin ? #" <a id="login-again" href="/login?returnTo=/profile">Log in again</a>"# : ""
        return #"<p id="notice" class="card" role="status">\#(outcome.notice)\#(login)</p>"#
    }

    private static func claim(_ name: String, value: JSONValue) -> HTML {
        let isTime = ["exp", "iat", "auth_time", "nbf", "updated_at"].contains(name)
        let time = isTime ? value.intValue.map { UnixTime(seconds: Int64($0)).utcText } : nil
        let shown: HTML = "<dt>\(name)</dt><dd data-claim=\"\(name)\">\(value.plainText)"
        let note: HTML = time.map { " <span class=\"soft\">\($0)</span>" } ?? ""
        return "\(shown)\(note)</dd>"
    }

    private static func facts(_ session: LoginSession, now: UnixTime) -> [HTML] {
        let tokenEnd =
            session.accessTokenEndsAt.map { end in
                end > now ? "in \(TimeText.span(seconds: end.duration(since: now).components.seconds))" : "has ended"
            } ?? "not stated by the authorization server"
        return [
            ("Started", session.startedAt.utcText),
            ("Ends at the latest", session.endsAt.utcText),
            ("Access token ends", tokenEnd),
            ("Refresh token", session.canRefresh ? "yes" : "no"),
        ].map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }
    }
}

extension JSONValue {
    /// Strings as they are, everything else as JSON.
    var plainText: String { stringValue ?? text() }
}
