import OAuthTypes
import WireFormats

/// What was wrong on the login page.
enum LoginFault {
    case password, address, code

    var words: String {
        switch self {
        case .password: "That user name and password do not match. Use those of a test account."
        case .address: "No account has that mail address. Use the one of a test account."
        case .code: "That code is not valid any more. Ask for a new one."
        }
    }
}

extension DevAuthServer {
    private static let accountsShown = 12

    func loginPage(
        for pending: PendingRequest, visit: Visit, fault: LoginFault? = nil, filledFor account: DevAccount? = nil
    ) -> DevResponse {
        let (id, request) = (pending.id, pending.request)
        let browser = visit.browser ?? randomText()
        guard let token = formToken.text(for: .login, bindings: [browser, id]),
            let codeToken = formToken.text(for: .code, bindings: [browser, id])
        else { return stalePage() }
        let alert: HTML = fault.map { "<p role=\"alert\" id=\"error\">\($0.words)</p>" } ?? ""
        let username = username(visit, for: request, filledFor: account)
        let form =
            offers(.password, for: request)
            ? passwordForm(hidden(id, token: token), username: username, fault: fault, account: account) : ""
        let body: HTML = """
            <h1>Log in</h1>
            <p class="muted">to continue to \(request.client.name)</p>
            \(alert)
            \(form)
            \(otherOptions(for: pending, hidden: hidden(id, token: codeToken), fault: fault))
            \(accountList(id: id))
            """
        return page(title: "Log in", body: body, formTargets: [request.redirectURI.origin])
            .settingCookie(cookieNames.browser, to: browser, secure: isSecure)
    }

    func hidden(_ id: String, token: String) -> HTML {
        """
        <input type="hidden" name="transaction" value="\(id)">
        <input type="hidden" name="csrf" value="\(token)">
        """
    }

    private func username(_ visit: Visit, for request: AuthorizationRequest, filledFor account: DevAccount?) -> String {
        account?.username ?? visit.form["username"] ?? request.loginHint ?? ""
    }

    private func offers(_ option: DevLoginOption, for request: AuthorizationRequest) -> Bool {
        request.allows(option) && accounts.contains { $0.loginOptions.contains(option) }
    }

    private func described(_ isFaulty: Bool) -> HTML {
        isFaulty ? " aria-describedby=\"error\" aria-invalid=\"true\"" : ""
    }

    private func passwordForm(
        _ hidden: HTML, username: String, fault: LoginFault?, account: DevAccount?
    ) -> HTML {
        let described = described(fault == .password)
        // Only the password of a test account, which its link asked for.
        let filled: HTML = account.map { " value=\"\($0.password.exposedText)\"" } ?? ""
        return """
            <form method="post" action="\(basePath)/login" id="login">
            \(hidden)
            <label for="username">User name</label>
            <input id="username" name="username" value="\(username.shown)" autocomplete="username" autocapitalize="none" \
            spellcheck="false" maxlength="200" required autofocus\(described)>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" \
            required\(filled)\(described)>
            <div class="buttons"><button type="submit" id="submit" name="action" value="login">Log in</button></div>
            </form>
            """
    }

    private func otherOptions(for pending: PendingRequest, hidden: HTML, fault: LoginFault?) -> HTML {
        let (id, request) = (pending.id, pending.request)
        let divider: HTML = offers(.password, for: request) ? "<p class=\"or\">or</p>" : ""
        let code: HTML = """
            <form method="post" action="\(basePath)/code" id="send-code">
            \(hidden)
            <label for="email">Mail address</label>
            <input id="email" name="email" type="email" autocomplete="email" maxlength="200" required\
            \(described(fault == .address))>
            <div class="buttons"><button type="submit" id="send" class="second" name="action" value="send">Get a code by \
            mail</button></div>
            </form>
            """
        let provider: HTML = """
            <form method="get" action="\(basePath)/provider" id="provider">
            <input type="hidden" name="transaction" value="\(id)">
            <div class="buttons"><button type="submit" id="use-provider" class="second">Log in with a test identity \
            provider</button></div>
            </form>
            """
        let forms =
            (offers(.emailCode, for: request) ? [code] : [])
            + (offers(.testProvider, for: request) ? [provider] : [])
        return forms.isEmpty ? "" : "\(divider)\n\(forms)"
    }

    private func accountList(id: String) -> HTML {
        let items: [HTML] = accounts.prefix(Self.accountsShown).map { account in
            let words: HTML = "\(account.name.shown) <span class=\"muted\">\(account.email.shown)</span>"
            guard account.loginOptions.contains(.password) else { return "<li>\(words)</li>" }
            let query = FormEncoding.encode([
                FormField(name: "transaction", value: id), FormField(name: "account", value: account.username),
            ])
            return "<li><a href=\"\(basePath)/login?\(query)\">\(account.username.shown)</a> \(words)</li>"
        }
        let more: HTML = accounts.count > Self.accountsShown ? "<li class=\"muted\">and others</li>" : ""
        return """
            <section class="accounts" aria-labelledby="accounts-title">
            <h2 id="accounts-title">Test accounts</h2>
            <p class="muted">A click on a user name fills in the form.</p>
            <ul>
            \(items)
            \(more)
            </ul>
            </section>
            """
    }
}
