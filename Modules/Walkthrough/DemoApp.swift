import APIClient
import LoginFlow
import OAuthTypes
import WireFormats

/// A web app of one page: who is logged in, and what does the API say? A framework's adapter does
/// what ``answer(_:)`` does.
struct DemoApp {
    let flow: LoginFlow

    func answer(_ request: BrowserRequest) async -> BrowserReply {
        if let route = flow.route(request.method, target: request.target) {
            return await flow.respond(to: request, on: route)
        }
        switch await flow.admit(request, requiring: request.target == "/hello" ? .login : .none) {
        case .reply(let reply): return reply
        case .visitor(let fields): return BrowserReply(status: 200, body: Array("Welcome".utf8)).adding(fields)
        case .session(let session, let fields): return await page(for: session).adding(fields)
        }
    }

    private func page(for session: LoginSession) async -> BrowserReply {
        let text: String
        do {
            let api = try EndpointURL("http://localhost:3002/demo", allowing: .loopback)
            let client = flow.apiClient(for: session, origins: [api.origin])
            let response = try await client.send(APIRequest(.get, api))
            text =
                "Hello, \(session.claims["name"]?.stringValue ?? session.subject.text)!"
                + " The API says: \(String(decoding: response.body, as: UTF8.self))"
        } catch {
            text = "The API could not be called: \(error)"
        }
        return BrowserReply(status: 200, body: Array(text.utf8))
    }
}
