import LoginFlow

/// The frame around all pages.
enum Layout {
    /// The reader of a page, who decides on the links in its header.
    enum Reader {
        case visitor, member
        /// The page does not know whether its reader is logged in.
        case unknown
    }

    static func page(_ title: String, for reader: Reader, home: String = "/", body: HTML) -> HTML {
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
        <header><a class="brand" href="\(home)">Login quickstart</a>\(navigation(reader))</header>
        <main>
        \(body)
        </main>
        <footer>A web app that logs users in with swift-login-flow.</footer>
        </body>
        </html>
        """
    }

    private static func navigation(_ reader: Reader) -> HTML {
        switch reader {
        case .visitor: #"<nav aria-label="Account"><a id="nav-login" href="/login">Log in</a></nav>"#
        case .member:
            #"<nav aria-label="Account"><a href="/profile">Profile</a><a href="/logout">Log out</a></nav>"#
        case .unknown: ""
        }
    }

    /// A button that sends a POST request with the session's CSRF token.
    static func postButton(
        _ label: String, id: String, to path: String, session: LoginSession,
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
