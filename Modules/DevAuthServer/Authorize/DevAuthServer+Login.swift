import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    private static let maximumFailures = 10

    /// Takes the login form.
    func login(_ visit: Visit) async -> DevResponse {
        guard let id = visit.form["transaction"], let browser = visit.browser,
            formToken.fits(visit.form["csrf"], .login, [browser, id])
        else { return stalePage() }
        let now = clock.now
        guard let transaction = state.withLock({ $0.transaction(TokenDigest(id), at: now) }) else { return stalePage() }
        guard let account = account(named: visit.form["username"], password: visit.form["password"]) else {
            return refuseLogin(id, transaction, visit)
        }
        return await enter(id, transaction.request, account, replacing: visit.sessionDigest, at: now)
    }

    /// The same work and the same answer whether the name or the password is wrong.
    private func account(named username: String?, password: String?) -> DevAccount? {
        let password = TokenDigest(password ?? "")
        return accounts.filter { account in
            let fits = TokenDigest(account.password.exposedText).isEqual(to: password)
            return fits && account.username.hasSameOctets(as: username ?? "")
        }.first
    }

    private func refuseLogin(_ id: String, _ transaction: Transaction, _ visit: Visit) -> DevResponse {
        let failures = state.withLock { state in
            state.transactions[TokenDigest(id)]?.failedPasswords += 1
            return state.transactions[TokenDigest(id)]?.failedPasswords ?? 0
        }
        guard failures < Self.maximumFailures else {
            return finish(id, transaction.request, .because("access_denied", "too many wrong passwords"))
        }
        return loginPage(id, transaction.request, visit, error: "That user name and password do not match.")
    }

    // A fresh cookie value at every login: one that was planted before is worth nothing after.
    private func enter(
        _ id: String, _ request: AuthorizationRequest, _ account: DevAccount, replacing old: TokenDigest?,
        at now: UnixTime
    ) async -> DevResponse {
        let cookie = randomText()
        let session = Session(
            account: account, sid: randomText(), authTime: now, expiresAt: now.adding(seconds: lifetimes.session))
        state.withLock { state in
            if let old { state.sessions[old] = nil }
            state.sessions[TokenDigest(cookie)] = session
        }
        let response = await proceed(id, request, as: session, TokenDigest(cookie))
        return response.settingCookie(cookieNames.session, cookie, secure: isSecure)
    }
}
