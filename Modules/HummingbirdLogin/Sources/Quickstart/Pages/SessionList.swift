import LoginFlow

/// “Your sessions” on the profile page: every browser in which the user is logged in, with a button that ends it.
enum SessionList {
    static func section(_ sessions: [SessionSummary], of session: Session) -> HTML {
        guard !sessions.isEmpty else { return "" }
        let others = sessions.filter { $0.handle != session.handle }
        let all: HTML =
            others.isEmpty
            ? ""
            : Layout.postButton("End all others", id: "end-others", to: "/sessions/end-others", session, quiet: true)
        return """
            <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">Where you are logged in</h2>
            <ul id="sessions">\(sessions.sorted { $0.lastUsedAt > $1.lastUsedAt }.map { entry($0, session) })</ul>
            <div class="actions">\(all)</div>
            </section>
            """
    }

    private static func entry(_ listed: SessionSummary, _ session: Session) -> HTML {
        let isThis = listed.handle == session.handle
        let button: HTML =
            isThis
            ? "<strong>this browser</strong>"
            : Layout.postButton(
                "End", id: "end-\(listed.handle)", to: "/sessions/end", session, with: ("handle", listed.handle.text),
                quiet: true)
        return """
            <li><div>\(listed.userAgent ?? "A browser without a name")<br><span class="soft">since \
            \(listed.startedAt.utcText), last used \(listed.lastUsedAt.utcText)</span></div>\
            \(button)</li>
            """
    }
}
