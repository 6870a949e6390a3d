import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    private static let maximumFailures = 10

    /// Shows the login page again; with an account, its form is filled in.
    func showLogin(_ visit: Visit) -> DevResponse {
        guard let pending = openRequest(visit.query["transaction"]) else { return stalePage() }
        let account = visit.query["account"].flatMap { self.account(named: $0, allowing: .password) }
        return loginPage(for: pending, visit: visit, filledFor: account)
    }

    /// Takes the login form.
    func login(_ visit: Visit) async -> DevResponse {
        guard let pending = pendingRequest(.login, of: visit) else { return stalePage() }
        guard let account = account(named: visit.form["username"], password: visit.form["password"]) else {
            return refuseLogin(to: pending) { loginPage(for: pending, visit: visit, fault: .password) }
        }
        return await logIn(account, by: .password, for: pending, replacing: visit.sessionDigest)
    }

    /// The request that a form of this browser belongs to; nil if the form is forged, is another browser's, or too old.
    func pendingRequest(_ page: FormToken.Page, of visit: Visit) -> PendingRequest? {
        guard let id = visit.form["transaction"], let browser = visit.browser,
            formToken.accepts(visit.form["csrf"], for: page, bindings: [browser, id])
        else { return nil }
        return openRequest(id).flatMap { pending in
            page.option.map(pending.request.allows) ?? true ? pending : nil
        }
    }

    func openRequest(_ id: String?) -> PendingRequest? {
        guard let id else { return nil }
        let now = clock.now
        return state.withLock { $0.transaction(TokenDigest(id), at: now) }.map {
            PendingRequest(id: id, request: $0.request)
        }
    }

    /// The account of this name that may log in like this.
    func account(named username: String, allowing option: DevLoginOption) -> DevAccount? {
        accounts.first { $0.username.hasSameOctets(as: username) && $0.loginOptions.contains(option) }
    }

    /// The same work and the same answer whether the name or the password is wrong.
    private func account(named username: String?, password: String?) -> DevAccount? {
        let password = TokenDigest(password ?? "")
        return accounts.filter { account in
            let fits = TokenDigest(account.password.exposedText).isEqual(to: password)
            return fits && account.username.hasSameOctets(as: username ?? "")
                && account.loginOptions.contains(.password)
        }.first
    }

    /// Shows `page`, which says what was wrong. After ten failures, however the user tried to log in, the app is told.
    func refuseLogin(to pending: PendingRequest, showing page: () -> DevResponse) -> DevResponse {
        let failures = state.withLock { state in
            state.transactions[pending.digest]?.failures += 1
            return state.transactions[pending.digest]?.failures ?? 0
        }
        guard failures < Self.maximumFailures else {
            return finish(pending, with: .refused("access_denied", because: "too many wrong passwords or codes"))
        }
        return page()
    }

    // Every login gets a fresh cookie value, so a value planted before the login is worthless after it.
    func logIn(
        _ account: DevAccount, by option: DevLoginOption, for pending: PendingRequest, replacing old: TokenDigest?
    ) async -> DevResponse {
        let (cookie, now) = (randomText(), clock.now)
        let session = Session(
            account: account, option: option, sid: randomText(), authTime: now,
            expiresAt: now.adding(seconds: lifetimes.session.components.seconds))
        let login = BrowserLogin(digest: TokenDigest(cookie), session: session)
        state.withLock { state in
            if let old { state.sessions[old] = nil }
            state.sessions[login.digest] = session
        }
        let response = await proceed(with: pending, as: login)
        return response.settingCookie(cookieNames.session, to: cookie, secure: isSecure)
    }
}
