import Hummingbird
import HummingbirdLogin
import LoginFlow
import WireFormats

/// The buttons next to the list of sessions. The handle comes from the form, the user from the session.
struct SessionEnds {
    let flow: LoginFlow
    let directory: SessionDirectory

    func one(_ request: Request, of session: LoginSession) async -> Response {
        await answer(request, of: session) { form throws(FlowProblem) in
            guard let handle = form.formValue("handle").flatMap({ SessionHandle($0) }) else { return 0 }
            return try await directory.revoke(handle, of: session.subject) ? 1 : 0
        }
    }

    func others(_ request: Request, of session: LoginSession) async -> Response {
        await answer(request, of: session) { _ throws(FlowProblem) in
            try await directory.revokeOthers(than: session).count
        }
    }

    private func answer(
        _ request: Request, of session: LoginSession, ending end: (BrowserRequest) async throws(FlowProblem) -> Int
    ) async -> Response {
        guard let form = await request.form(of: session) else {
            return AppProblem.staleForm(session).response(to: request, flow: flow)
        }
        do {
            let ended = try await end(form)
            guard !request.prefersJSON else { return .json(["ended": .init(integerLiteral: ended)]) }
            return .redirect(to: "/profile", type: .normal)
        } catch { return Response(flow.reply(to: form, refusing: error)) }
    }
}
