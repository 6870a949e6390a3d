import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    private static let maximumFailures = 10

    /// Takes the login form.
    func login(_ visit: Visit) async -> DevResponse {
        guard let id = visit.form["transaction"], let browser = visit.browser,
            formToken.accepts(visit.form["csrf"], for: .login, bindings: [browser, id])
        else { return stalePage() }
        let now = clock.now
        guard let transaction = state.withLock({ $0.transaction(TokenDigest(id), at: now) }) else { return stalePage() }
        let pending = PendingRequest(id: id, request: transaction.request)
        guard let account = account(named: visit.form["username"], password: visit.form["password"]) else {
            return refuseLogin(to: pending, of: visit)
        }
        return await logIn(account, for: pending, replacing: visit.sessionDigest, at: now)
    }

    /// The same work and the same answer whether the name or the password is wrong.
    private func account(named username: String?, password: String?) -> DevAccount? {
        let password = TokenDigest(password ?? "")
        return accounts.filter { account in
            let fits = TokenDigest(account.password.exposedText).isEqual(to: password)
            return fits && account.username.hasSameOctets(as: username ?? "")
        }.first
    }

    private func refuseLogin(to pending: PendingRequest, of visit: Visit) -> DevResponse {
        let failures = state.withLock { state in
            state.transactions[pending.digest]?.failedPasswords += 1
            return state.transactions[pending.digest]?.failedPasswords ?? 0
        }
        guard failures < Self.maximumFailures else {
            return finish(pending, with: .refused("access_denied", because: "too many wrong passwords"))
        }
        return loginPage(for: pending, visit: visit, error: "That user name and password do not match.")
    }

    // Every login gets a fresh cookie value, so a value planted before the login is worthless after it.
    private func logIn(
        _ account: DevAccount, for pending: PendingRequest, replacing old: TokenDigest?, at now: UnixTime
    ) async -> DevResponse {
        let cookie = randomText()
        let session = Session(
            account: account, sid: randomText(), authTime: now,
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
