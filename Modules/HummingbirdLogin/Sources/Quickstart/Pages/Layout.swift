import LoginFlow

/// What all pages share.
enum Layout {
    /// Whom a page is for, and so what its header offers.
    enum Reader {
        case visitor, member
        /// The page does not know, or that is what it is about.
        case anybody
    }

    static func page(_ title: String, for reader: Reader, _ body: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) · Login quickstart</title>
        <link rel="stylesheet" href="\(StyleSheet.path)">
        </head>
        <body>
        <header><a class="brand" href="/">Login quickstart</a>\(navigation(reader))</header>
        <main>
        \(body)
        </main>
        <footer>A web app that logs its users in with swift-login-flow.</footer>
        </body>
        </html>
        """
    }

    private static func navigation(_ reader: Reader) -> HTML {
        switch reader {
        case .visitor: #"<nav aria-label="Account"><a id="nav-login" href="/login">Log in</a></nav>"#
        case .member:
            #"<nav aria-label="Account"><a href="/profile">Profile</a><a href="/logout">Log out</a></nav>"#
        case .anybody: ""
        }
    }

    /// A button that posts, with the session's token against forged requests.
    static func postButton(
        _ label: String, id: String, to path: String, _ session: LoginSession,
        with field: (name: String, value: String)? = nil,
        quiet: Bool = false
    ) -> HTML {
        let look: HTML = quiet ? #" class="quiet""# : ""
        let more: HTML = field.map { #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"# } ?? ""
        return """
            <form method="post" action="\(path)"><input type="hidden" name="csrf_token" \
            value="\(session.csrfToken)">\(more)<button id="\(id)" type="submit"\(look)>\(label)</button></form>
            """
    }
}
