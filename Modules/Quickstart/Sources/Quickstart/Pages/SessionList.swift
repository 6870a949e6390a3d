import LoginFlow
import OAuthTypes

/// The list of the browsers in which the user is logged in, each with a button that ends its session.
struct SessionList {
    /// Nil if the store keeps no index.
    let page: SessionPage?
    let isFirst: Bool
    let now: UnixTime

    func section(of session: LoginSession) -> HTML {
        guard let page, !page.sessions.isEmpty || !isFirst else { return "" }
        let others = page.sessions.filter { $0.handle != session.handle }
        let sessions =
            page.sessions.filter { $0.handle == session.handle } + others.sorted { $0.lastUsedAt > $1.lastUsedAt }
        let isAlone = isFirst && page.next == nil && others.isEmpty
        let all = Layout.postButton(
            "End all others", id: "end-others", to: "/sessions/end-others", session: session, quiet: true)
        return """
            <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">Where you are logged in</h2>
            <ul id="sessions">\(sessions.map { entry($0, seenFrom: session) })</ul>
            \(actions(isAlone ? "" : all))
            </section>
            """
    }

    private func actions(_ all: HTML) -> HTML {
        let actions: HTML = "\(all)\(first)\(more)"
        return actions.markup.isEmpty ? "" : #"<div class="actions">\#(actions)</div>"#
    }

    private var first: HTML {
        isFirst ? "" : #"<a class="button quiet" href="/profile#sessions">Back to the first</a>"#
    }

    private var more: HTML {
        page?.next.map {
            #"<a id="more-sessions" class="button quiet" href="/profile?after=\#($0.text)#sessions">More</a>"#
        } ?? ""
    }

    private func entry(_ listed: SessionSummary, seenFrom session: LoginSession) -> HTML {
        let isThis = listed.handle == session.handle
        let used = isThis ? "now" : TimeText.ago(seconds: now.duration(since: listed.lastUsedAt).components.seconds)
        let button: HTML =
            isThis
            ? #"<span class="tag">this browser</span>"#
            : Layout.postButton(
                "End", id: "end-\(listed.handle)", to: "/sessions/end", session: session,
                with: ("handle", listed.handle.text),
                quiet: true)
        return """
            <li><div><strong>\(BrowserName(userAgent: listed.userAgent).text)</strong> · \(used)<br>\
            <span class="soft">logged in \(listed.startedAt.utcText)</span></div>\
            \(button)</li>
            """
    }
}
