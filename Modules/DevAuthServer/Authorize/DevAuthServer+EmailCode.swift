import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// Takes the form that asks for a code, and the one that carries it.
    func emailCode(_ visit: Visit) async -> DevResponse {
        guard let pending = pendingRequest(.code, of: visit) else { return stalePage() }
        switch visit.form["action"] {
        case "send": return sendCode(for: pending, visit: visit)
        case "login": return await takeCode(for: pending, visit: visit)
        default: return stalePage()
        }
    }

    private func sendCode(for pending: PendingRequest, visit: Visit) -> DevResponse {
        guard let account = account(withAddress: visit.form["email"] ?? "") else {
            return refuseLogin(to: pending) { loginPage(for: pending, visit: visit, fault: .address) }
        }
        let code = LoginCode(
            text: LoginCode.digits(random.bytes(count: 8)), subject: account.subject, email: account.email,
            expiresAt: clock.now.adding(seconds: lifetimes.loginCode.components.seconds))
        // A new code takes the place of the one before.
        _ = state.withLock { $0.transactions[pending.digest]?.loginCode = code }
        return codePage(for: pending, visit: visit, code: code)
    }

    private func takeCode(for pending: PendingRequest, visit: Visit) async -> DevResponse {
        let (text, now) = (visit.form["code"]?.filter { $0 != " " } ?? "", clock.now)
        switch state.withLock({ $0.useLoginCode(text, of: pending.digest, at: now) }) {
        case .accepted(let subject):
            guard let account = accounts.first(where: { $0.subject == subject }) else { return stalePage() }
            return await logIn(account, by: .emailCode, for: pending, replacing: visit.sessionDigest)
        case .wrong(let code):
            return refuseLogin(to: pending) { codePage(for: pending, visit: visit, code: code, isWrong: true) }
        case .gone:
            return refuseLogin(to: pending) { loginPage(for: pending, visit: visit, fault: .code) }
        }
    }

    // As people type addresses: capital letters make no difference.
    private func account(withAddress text: String) -> DevAccount? {
        let address = text.lowercased()
        return accounts.first {
            $0.loginOptions.contains(.emailCode) && $0.email.lowercased().hasSameOctets(as: address)
        }
    }
}
