import APIClient
import LoginFlow
import OAuthTypes
import WireFormats

/// The app under test: the home page is for everyone, the rest for logged-in users.
struct Shop: Sendable {
    let flow: LoginFlow

    func answer(_ request: BrowserRequest) async -> BrowserReply {
        if let route = flow.route(request.method, target: request.target) {
            return await flow.respond(to: request, on: route)
        }
        switch await flow.admit(request, requiring: request.target == "/" ? .none : .login) {
        case .reply(let reply): return reply
        case .visitor(let fields): return page("Welcome").adding(fields)
        case .session(let session, let fields):
            return await answer(request, of: session).adding(fields)
        }
    }

    private func answer(_ request: BrowserRequest, of session: LoginSession) async -> BrowserReply {
        switch (request.method, request.target) {
        case (.get, "/account"): return account(of: session)
        case (.post, "/orders"):
            guard let token = request.formValue("csrf_token"), session.accepts(csrfToken: token) else {
                return page("This form is not ours", status: 403)
            }
            return page("Ordered: \(request.formValue("item") ?? "nothing")")
        case (.get, "/orders"): return await orders(of: session)
        default: return page("Hello, \(session.subject)")
        }
    }

    private func account(of session: LoginSession) -> BrowserReply {
        page(
            """
            <p>\(session.claims["email"]?.stringValue ?? "no address")</p>
            <form id="order" method="post" action="/orders">
            <input type="hidden" name="csrf_token" value="\(session.csrfToken)"><input name="item" value="tea">
            <button>Order</button></form>
            """)
    }

    /// Calls the API on behalf of the user.
    private func orders(of session: LoginSession) async -> BrowserReply {
        do {
            let url = try EndpointURL("https://api.example/orders")
            let response = try await flow.apiClient(for: session, origins: [url.origin]).send(APIRequest(.get, url))
            return page(String(decoding: response.body, as: UTF8.self), status: response.status)
        } catch { return page("\(error)", status: 502) }
    }

    private func page(_ text: String, status: Int = 200) -> BrowserReply {
        BrowserReply(status: status, body: Array(text.utf8))
    }
}
