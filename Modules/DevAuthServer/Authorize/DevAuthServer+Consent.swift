import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// Shows what the app asks for.
    func showConsent(_ visit: Visit) -> DevResponse {
        guard let request = authenticatedRequest(visit.query["transaction"], of: visit) else { return stalePage() }
        if let answer = request.answer { return answer }
        guard let token = formToken.text(for: .consent, bindings: bindings(of: request, to: visit)) else {
            return stalePage()
        }
        return consentPage(for: request, token: token)
    }

    /// Takes the user's choice.
    func consent(_ visit: Visit) -> DevResponse {
        guard let request = authenticatedRequest(visit.form["transaction"], of: visit),
            formToken.accepts(visit.form["csrf"], for: .consent, bindings: bindings(of: request, to: visit))
        else { return stalePage() }
        if let answer = request.answer { return answer }
        switch visit.form["action"] {
        case "allow": return allow(request, choosing: visit.form)
        case "deny": return finish(request.pending, with: .refused("access_denied", because: "the user said no"))
        default: return stalePage()
        }
    }

    private func allow(_ request: AuthenticatedRequest, choosing form: Parameters) -> DevResponse {
        var allowed = request
        let kept = request.granted.values.filter { value in
            scopes.contains { $0.name == value && ($0.isRequired || form[$0.field] != nil) }
        }
        guard let granted = try? Scope(kept) else { return stalePage() }
        allowed.granted = granted
        return state.withLock { state in
            // Another click on the same page may have been quicker.
            if let answer = state.transactions[request.pending.digest]?.answer { return answer }
            state.rememberConsent(
                of: request.session.account.subject, to: request.pending.request, granting: granted)
            return grantCode(for: allowed, in: &state)
        }
    }

    private func authenticatedRequest(_ id: String?, of visit: Visit) -> AuthenticatedRequest? {
        guard let id, let digest = visit.sessionDigest else { return nil }
        let now = clock.now
        return state.withLock { state in
            guard let session = state.session(digest, at: now),
                let transaction = state.transaction(TokenDigest(id), at: now),
                let login = transaction.login, login.session.isEqual(to: digest)
            else { return nil }
            return AuthenticatedRequest(
                pending: PendingRequest(id: id, request: transaction.request), session: session, claims: login.claims,
                granted: transaction.request.scope, answer: transaction.answer)
        }
    }

    private func bindings(of request: AuthenticatedRequest, to visit: Visit) -> [String] {
        [visit.session ?? "", request.pending.id]
    }
}
