import OAuthTypes
import WireFormats

/// Who has to act when a page reports an error.
enum Turn {
    case user, `operator`

    var words: String {
        switch self {
        case .user: "Go back to the app and start again."
        case .operator: "The app is set up wrong. Its operator has to correct the settings."
        }
    }
}

extension DevAuthServer {
    /// The frame around all pages.
    /// - Parameters:
    ///   - targets: The origins, besides this server, that the page's form may redirect to.
    ///   - script: The digest of the page's script, if it has one.
    func page(
        status: Int = 200, title: String, body: HTML, formTargets targets: [Origin] = [], script: String? = nil
    ) -> DevResponse {
        let html: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>\(PageStyle.markup)</style>
            </head>
            <body>
            <main>
            \(body)
            </main>
            <p class="dev">Development login server. Not for real accounts.</p>
            </body>
            </html>

            """
        return .page(html, status: status, formTargets: targets, script: script)
    }

    /// A page with a message and no form.
    func messagePage(status: Int, title: String, words: String, turn: Turn?) -> DevResponse {
        let detail: HTML = turn.map { "<p class=\"muted\">\($0.words)</p>" } ?? ""
        let role: HTML = status >= 400 ? " role=\"alert\"" : ""
        return page(
            status: status, title: title,
            body: """
                <h1>\(title)</h1>
                <p\(role)>\(words)</p>
                \(detail)
                """)
    }

    /// The answer to a form that was made for another page, browser or login.
    func stalePage() -> DevResponse {
        messagePage(
            status: 400, title: "This page is no longer valid",
            words: "It has expired, has been used already, or was opened in another browser.", turn: .user)
    }
}

extension PageStyle {
    /// A style sheet is raw text in HTML. Only the literal of ``PageStyle`` is used here.
    fileprivate static let markup = HTML(stringLiteral: text)
}
