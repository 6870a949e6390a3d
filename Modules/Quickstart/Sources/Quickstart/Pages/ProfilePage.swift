import LoginFlow
import OAuthTypes
import WireFormats

/// `/profile`: first the user, then the ten steps of the login, then sessions and raw claims.
struct ProfilePage {
    let session: LoginSession
    let sessions: SessionList
    let events: [FlowEvent]
    let notice: Refresh.Outcome?
    let picture: ProfilePicture?
    let now: UnixTime

    var document: HTML {
        Layout.page(
            "Profile", for: .member,
            body: """
                \(notice.map(ProfilePage.notice) ?? "")
                \(ProfileCard.card(session, picture: picture))
                \(SequenceDiagram.section(events))
                \(sessions.section(of: session))
                <section class="card" aria-labelledby="session-title">
                <h2 id="session-title">Your session</h2>
                <dl>\(facts)</dl>
                </section>
                <details class="card">
                <summary><h2>What the provider says about you</h2></summary>
                <p class="soft">The claims that this app keeps in your session, as the provider sent them.</p>
                <dl id="claims">\(session.claims.members.map { ProfilePage.claim($0.name, value: $0.value) })</dl>
                </details>
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

    private var facts: [HTML] {
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
