import OAuthTypes
import WireFormats

/// Who has to act when a page reports a fault.
enum Turn {
    case user, `operator`

    var words: String {
        switch self {
        case .user: "Go back to the app and start again."
        case .operator: "This is for whoever runs the app: correct its settings and start again."
        }
    }
}

extension DevAuthServer {
    /// The frame around all pages.
    /// - Parameter targets: origins that the page's form may lead to by redirects, besides this server.
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

    /// A page that only says something.
    func messagePage(status: Int, title: String, _ words: String, turn: Turn?) -> DevResponse {
        let advice: HTML = turn.map { "<p class=\"muted\">\($0.words)</p>" } ?? ""
        let role: HTML = status >= 400 ? " role=\"alert\"" : ""
        return page(
            status: status, title: title,
            body: """
                <h1>\(title)</h1>
                <p\(role)>\(words)</p>
                \(advice)
                """)
    }

    /// For forms whose page, browser or login is no longer the one they were made for.
    func stalePage() -> DevResponse {
        messagePage(
            status: 400, title: "This page is no longer valid",
            "It has expired, was used already, or was opened in another browser.", turn: .user)
    }

    func loginPage(
        _ id: String, _ request: AuthorizationRequest, _ visit: Visit, error: String? = nil
    ) -> DevResponse {
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .login, [browser, id]) else { return stalePage() }
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
            .settingCookie(cookieNames.browser, browser, secure: isSecure)
    }

    func consentPage(
        _ id: String, _ request: AuthorizationRequest, _ account: DevAccount, token: String
    ) -> DevResponse {
        let asked = scopes.filter { request.scope.contains($0.name) }
        let items: [HTML] = asked.map { "<li>\($0.words)</li>" }
        let body: HTML = """
            <h1>Allow \(request.client.name)?</h1>
            <p>You are logged in as <strong>\(account.username)</strong>. <strong>\(request.client.name)</strong> wants to:</p>
            <ul>
            \(items)
            </ul>
            <form method="post" action="\(basePath)/consent" id="consent">
            <input type="hidden" name="transaction" value="\(id)">
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
    /// A style sheet is raw text for HTML: only the literal above ever gets here.
    fileprivate static let markup = HTML(stringLiteral: text)
}
