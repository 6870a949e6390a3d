import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// A transaction together with the login it has been passed with.
    private struct Passage {
        let id: String
        let transaction: Transaction
        let session: Session
        let claims: JSONObject
    }

    /// Shows what the app asks for.
    func showConsent(_ visit: Visit) -> DevResponse {
        guard let passage = passage(visit, id: visit.query["transaction"]) else { return stalePage() }
        if let answer = passage.transaction.answer { return .redirect(to: answer) }
        guard let token = formToken.text(for: .consent, bindings(visit, passage)) else { return stalePage() }
        return consentPage(passage.id, passage.transaction.request, passage.session.account, token: token)
    }

    /// Takes the user's choice.
    func consent(_ visit: Visit) -> DevResponse {
        guard let passage = passage(visit, id: visit.form["transaction"]),
            formToken.fits(visit.form["csrf"], .consent, bindings(visit, passage))
        else { return stalePage() }
        let request = passage.transaction.request
        if let answer = passage.transaction.answer { return .redirect(to: answer) }
        switch visit.form["action"] {
        case "allow":
            return state.withLock { state in
                state.rememberConsent(of: passage.session.account.subject, to: request)
                return grantCode(passage.id, request, passage.session, passage.claims, in: &state)
            }
        case "deny": return finish(passage.id, request, .because("access_denied", "the user said no"))
        default: return stalePage()
        }
    }

    private func passage(_ visit: Visit, id: String?) -> Passage? {
        guard let id, let digest = visit.sessionDigest else { return nil }
        let now = clock.now
        return state.withLock { state in
            guard let session = state.session(digest, at: now),
                let transaction = state.transaction(TokenDigest(id), at: now),
                let login = transaction.login, login.session.isEqual(to: digest)
            else { return nil }
            return Passage(id: id, transaction: transaction, session: session, claims: login.claims)
        }
    }

    private func bindings(_ visit: Visit, _ passage: Passage) -> [String] {
        [visit.session ?? "", passage.id]
    }
}
