import LoginFlow
import OAuthTypes
import WireFormats

/// A browser at an ``OddApp``: it keeps cookies, and its user's provider answers as the test says.
struct OddBrowser {
    let app: OddApp
    var cookies: [String: String] = [:]

    var cookieHeader: String { cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ") }

    /// Opens a page of the app or of the flow. Pages show whom they are for.
    mutating func open(
        _ target: String, requiring requirement: Requirement = .login, method: HTTPMethod = .get,
        form: [(String, String)] = [], accept: String = "text/html", keeping: Bool = true
    ) async -> BrowserReply {
        let request = FlowFixture.request(
            target, cookie: keeping ? cookieHeader : "", method: method, accept: accept, form: form)
        let reply = await OddBrowser.answer(request, requiring: requirement, at: app)
        if keeping { keep(reply) }
        return reply
    }

    /// The login that a reply sends the browser to.
    mutating func begin(_ target: String = "/profile", requiring requirement: Requirement = .login) async
        -> OddApp.Begun
    {
        // A browser is asked at its second page only.
        if requirement == .silentLogin, cookies["__Host-silent"] == nil { cookies["__Host-silent"] = "0" }
        return app.begun(await open(target, requiring: requirement))
    }

    /// The address of the response to a login; `%STATE%` stands for its state.
    func response(_ login: OddApp.Begun, _ query: String = "code=c0de&state=%STATE%") -> String {
        app.provider.remember(nonce: login.parameter("nonce") ?? "")
        return "/callback?" + query.replacing("%STATE%", with: login.parameter("state") ?? "")
    }

    mutating func logIn() async { _ = await open(response(await begin())) }

    mutating func keep(_ reply: BrowserReply) {
        for field in reply.fields.values(named: "Set-Cookie") {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = field.contains("Max-Age=0") ? nil : String(pair[1])
        }
    }

    private static func answer(_ request: BrowserRequest, requiring requirement: Requirement, at app: OddApp) async
        -> BrowserReply
    {
        if let route = app.flow.route(request.method, target: request.target) {
            return await app.flow.respond(to: request, on: route)
        }
        switch await app.flow.admit(request, requiring: requirement) {
        case .reply(let reply): return reply
        case .visitor(let fields): return BrowserReply(status: 200, body: Array("visitor".utf8)).adding(fields)
        case .session(let session, let fields):
            return BrowserReply(status: 200, body: Array("user \(session.subject)".utf8)).adding(fields)
        }
    }
}
