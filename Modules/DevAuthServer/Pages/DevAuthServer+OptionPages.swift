import OAuthTypes
import WireFormats

// The pages of the login options without a password.
extension DevAuthServer {
    func codePage(
        for pending: PendingRequest, visit: Visit, code: LoginCode, isWrong: Bool = false
    ) -> DevResponse {
        let (id, client) = (pending.id, pending.request.client)
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .code, bindings: [browser, id]) else { return stalePage() }
        let alert: HTML =
            isWrong ? "<p role=\"alert\" id=\"error\">That is not the code. Type the six digits shown below.</p>" : ""
        let described: HTML = isWrong ? " aria-describedby=\"error\" aria-invalid=\"true\"" : ""
        let body: HTML = """
            <h1>Enter your code</h1>
            <p class="muted">for \(code.email.shown), to continue to \(client.name)</p>
            \(alert)
            <p class="note">No mail is sent in development. Your code is <output id="login-code">\(code.text)</output>. \
            It works once, and soon expires.</p>
            <form method="post" action="\(basePath)/code" id="enter-code">
            \(hidden(id, token: token))
            <label for="code">Code</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required \
            autofocus\(described)>
            <div class="buttons"><button type="submit" id="submit" name="action" value="login">Log in</button></div>
            </form>
            \(wayBack(to: id))
            """
        return page(title: "Enter your code", body: body, formTargets: [pending.request.redirectURI.origin])
            .settingCookie(cookieNames.browser, to: browser, secure: isSecure)
    }

    func testProviderPage(for pending: PendingRequest, visit: Visit, isRefused: Bool = false) -> DevResponse {
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .provider, bindings: [browser, pending.id]) else { return stalePage() }
        let alert: HTML =
            isRefused ? "<p role=\"alert\" id=\"error\">That account is not there. Choose one of these.</p>" : ""
        let choices: [HTML] = accounts.filter { $0.loginOptions.contains(.testProvider) }.map { account in
            """
            <button type="submit" class="second choice" name="account" value="\(account.username)">\
            <strong>\(account.name.shown)</strong> <span class="muted">\(account.email.shown)</span></button>
            """
        }
        let body: HTML = """
            <h1>Test identity provider</h1>
            <p class="muted">It stands for a login elsewhere. Choose who you are there, to continue to \
            \(pending.request.client.name).</p>
            \(alert)
            <form method="post" action="\(basePath)/provider" id="choose">
            \(hidden(pending.id, token: token))
            <div class="buttons">
            \(choices)
            </div>
            </form>
            \(wayBack(to: pending.id))
            """
        return page(title: "Test identity provider", body: body, formTargets: [pending.request.redirectURI.origin])
            .settingCookie(cookieNames.browser, to: browser, secure: isSecure)
    }

    private func wayBack(to id: String) -> HTML {
        let query = FormEncoding.encode([FormField(name: "transaction", value: id)])
        return "<p><a id=\"back\" href=\"\(basePath)/login?\(query)\">Log in another way</a></p>"
    }
}
