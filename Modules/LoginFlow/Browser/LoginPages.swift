import OAuthTypes
import WireFormats

/// Renders the few pages that the flow itself shows.
public struct LoginPages: Sendable {
    let styleSources: [String]
    private let draw: @Sendable (LoginPage) -> [UInt8]

    /// Creates pages that `draw` renders as complete HTML documents in UTF-8. Escape every text: some of it is
    /// untrusted.
    /// - Parameters:
    ///   - styleSources: what the documents take style from, as in ``LoginFlow/contentSecurityPolicy(styleSources:)``.
    ///   - draw: gives the document of a page.
    public init(styleSources: [String] = [], draw: @escaping @Sendable (LoginPage) -> [UInt8]) {
        self.styleSources = styleSources
        self.draw = draw
    }

    func document(_ page: LoginPage) -> [UInt8] { draw(page) }

    /// Plain pages without style or image, and without script but the one of ``ProviderForm/script``.
    public static let plain = LoginPages { page in
        Array(PlainPage.document(page).utf8)
    }
}

/// A page of the flow.
public enum LoginPage: Sendable {
    /// Something failed.
    case problem(FlowProblem)
    /// Asks whether to log out: a form that posts `csrfToken` in the field `csrf_token` to `path`.
    case logoutConfirmation(path: String, csrfToken: String)
    /// No user was logged in.
    case alreadyLoggedOut(homePath: String)
    /// Continues by a form with a button and, if the form has one, a script.
    case providerForm(ProviderForm)
}

private enum PlainPage {
    static func document(_ page: LoginPage) -> String {
        switch page {
        case .problem(let problem): frame(title: problem.title, body: problemBody(problem))
        case .logoutConfirmation(let path, let token):
            frame(title: "Log out?", body: confirmation(path: path, token: token))
        case .alreadyLoggedOut(let home):
            frame(title: "You are logged out", body: "<p><a href=\"\(escape(home))\">Home</a></p>")
        case .providerForm(let form): frame(title: form.title, body: providerForm(form))
        }
    }

    private static func frame(title: String, body: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">\
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(escape(title))</title></head>\
        <body><main><h1>\(escape(title))</h1>\(body)</main></body></html>
        """
    }

    private static func problemBody(_ problem: FlowProblem) -> String {
        let retry =
            problem.retryPath.map { "<p><a href=\"\(escape($0))\">\($0 == "/" ? "Home" : "Try again")</a></p>" } ?? ""
        return "<p>\(escape(problem.detail))</p>\(retry)<p>Reference: <code>\(escape(problem.correlationID))</code></p>"
    }

    private static func confirmation(path: String, token: String) -> String {
        """
        <form id="logout" method="post" action="\(escape(path))">\
        <input type="hidden" name="csrf_token" value="\(escape(token))">\
        <button type="submit">Log out</button></form>
        """
    }

    private static func providerForm(_ form: ProviderForm) -> String {
        let fields = form.fields.map {
            "<input type=\"hidden\" name=\"\(escape($0.name))\" value=\"\(escape($0.value))\">"
        }
        return """
            <p>\(escape(form.detail))</p><form id="continue" method="post" action="\(escape(form.action))">\
            \(fields.joined())<button type="submit">Continue</button></form>\
            \(form.script.map { "<script>\($0)</script>" } ?? "")
            """
    }

    private static func escape(_ text: String) -> String { HTMLText.escape(text) }
}
