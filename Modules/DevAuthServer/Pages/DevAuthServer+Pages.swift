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
    /// - Parameter targets: The origins, besides this server, that the page's form may redirect to.
    func page(status: Int = 200, title: String, body: HTML, formTargets targets: [Origin] = []) -> DevResponse {
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
        return .page(html, status: status, formTargets: targets)
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

    func loginPage(for pending: PendingRequest, visit: Visit, error: String? = nil) -> DevResponse {
        let (id, request) = (pending.id, pending.request)
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .login, bindings: [browser, id]) else { return stalePage() }
        let alert: HTML = error.map { "<p role=\"alert\" id=\"error\">\($0)</p>" } ?? ""
        let described: HTML = error == nil ? "" : " aria-describedby=\"error\" aria-invalid=\"true\""
        let username = visit.form["username"] ?? request.loginHint ?? ""
        let body: HTML = """
            <h1>Log in</h1>
            <p class="muted">to continue to \(request.client.name)</p>
            \(alert)
            <form method="post" action="\(basePath)/login" id="login">
            <input type="hidden" name="transaction" value="\(id)">
            <input type="hidden" name="csrf" value="\(token)">
            <label for="username">User name</label>
            <input id="username" name="username" value="\(username.shown)" autocomplete="username" autocapitalize="none" \
            spellcheck="false" maxlength="200" required autofocus\(described)>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" \
            required\(described)>
            <div class="buttons"><button type="submit" id="submit" name="action" value="login">Log in</button></div>
            </form>
            """
        return page(title: "Log in", body: body, formTargets: [request.redirectURI.origin])
            .settingCookie(cookieNames.browser, to: browser, secure: isSecure)
    }

    func consentPage(for authenticated: AuthenticatedRequest, token: String) -> DevResponse {
        let (request, account) = (authenticated.pending.request, authenticated.session.account)
        let asked = scopes.filter { request.scope.contains($0.name) }
        let items: [HTML] = asked.map { "<li>\($0.words)</li>" }
        let body: HTML = """
            <h1>Allow \(request.client.name)?</h1>
            <p>You are logged in as <strong>\(account.username)</strong>. <strong>\(request.client.name)</strong> wants to:</p>
            <ul>
            \(items)
            </ul>
            <form method="post" action="\(basePath)/consent" id="consent">
            <input type="hidden" name="transaction" value="\(authenticated.pending.id)">
            <input type="hidden" name="csrf" value="\(token)">
            <div class="buttons">
            <button type="submit" id="allow" name="action" value="allow">Allow</button>
            <button type="submit" id="deny" class="second" name="action" value="deny">Deny</button>
            </div>
            </form>
            <p class="muted">Afterwards you return to \(request.redirectURI.origin.description).</p>
            """
        return page(title: "Allow \(request.client.name)?", body: body, formTargets: [request.redirectURI.origin])
    }
}

extension PageStyle {
    /// A style sheet is raw text in HTML. Only the literal of ``PageStyle`` is used here.
    fileprivate static let markup = HTML(stringLiteral: text)
}
