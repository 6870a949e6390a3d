import AuthURL
import OAuthTypes

// A login without asking (OpenID Connect Core §3.1.2.1, prompt=none): at the second page that a browser opens, once, and then
// not for a while, whatever came of it. The cookie is set before the browser leaves, so that no failure on the way can lead there again.
extension LoginFlow {
    /// What becomes of a visitor to a page with ``Requirement/silentLogin``.
    func admitSilently(_ request: BrowserRequest, as visitor: [HeaderField]) async -> Admission {
        guard let asked = silentPause(), mayAskSilently(request) else { return .visitor(ReplyFields(visitor)) }
        // Only a browser that keeps cookies is sent away: another one, such as a crawler's, would never see the page.
        guard cookies.onlyValue(of: cookies.silent, in: request) == Self.seen else {
            return .visitor(ReplyFields(visitor + [silentMark(Self.seen)].compactMap(\.self)))
        }
        guard let path = ReturnPath(request.target),
            path.avoiding(settings.ownedPaths) == path
        else { return .visitor(ReplyFields(visitor)) }
        do {
            let wish = LoginWish(requirement: .silentLogin)
            let begun = try await beginLogin(request, returningTo: path, retry: nil, wanting: wish)
            // Only a redirect goes on by itself.
            guard begun.status == 303 else { return .visitor(ReplyFields(visitor + [asked])) }
            return .reply(finished(begun.adding(ReplyFields([asked])), to: request))
        } catch {
            recordSilentEnd(error)
            return .visitor(ReplyFields(visitor + [asked]))
        }
    }

    /// Tells why a login without asking ended without a session: no refusal, since nobody asked for it.
    func recordSilentEnd(_ problem: FlowProblem) {
        record(
            "login.silent_ended", from: .authorizationServer, to: .browser, correlationID: problem.correlationID,
            details: [
                .init("code", problem.code), .init("turn", problem.turn.rawValue),
                .init("diagnosis", problem.diagnosis),
            ])
    }

    /// The cookie that keeps the flow from asking for a while: after it has asked, and after a logout, which a login
    /// without asking would undo. Nil where silent logins are off.
    func silentPause() -> HeaderField? { silentMark(Self.asked) }

    // Whether the browser was seen only, or was asked.
    private static let (seen, asked) = ("0", "1")

    private func silentMark(_ value: String) -> HeaderField? {
        settings.silentLoginPause.flatMap { cookies.field(cookies.silent, value: value, maxAge: $0.wholeSeconds) }
    }

    private func mayAskSilently(_ request: BrowserRequest) -> Bool {
        request.method == .get && request.isNavigation && !isInRedirectLoop(request)
            && [nil, Self.seen].contains(cookies.onlyValue(of: cookies.silent, in: request))
    }
}
