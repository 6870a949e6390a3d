import LoginFlow
import OAuthTypes

/// The site, whatever server it stands behind: a page for everyone, and a page behind the login.
struct Site: Sendable {
    let flow: LoginFlow

    /// How much of a request's body to read.
    func bodyLimit(_ request: BrowserRequest) -> Int {
        flow.route(request.method, target: request.target)?.bodyLimit ?? 0
    }

    func reply(to request: BrowserRequest) async -> BrowserReply {
        if let route = flow.route(request.method, target: request.target) {
            return await flow.respond(to: request, on: route)
        }
        let path = String(request.target.prefix { $0 != "?" })
        switch await flow.admit(request, requiring: path == "/account" ? .login : .none) {
        case .reply(let reply): return reply
        case .visitor(let fields): return page(path, for: nil, request.method).adding(fields)
        case .session(let session, let fields): return page(path, for: session, request.method).adding(fields)
        }
    }

    private func page(_ path: String, for session: LoginSession?, _ method: HTTPMethod) -> BrowserReply {
        var reply =
            switch (path, session) {
            case _ where method != .get && method != .head: html("This page takes no form", home, status: 405)
            case ("/", _):
                html("Hello, \(session?.user.name ?? "guest")", "<a href=\"/account\">Your account</a>")
            case ("/account", let session?):
                html(
                    session.user.name ?? session.subject.text,
                    """
                    <form id="logout" method="post" action="/logout">
                    <input type="hidden" name="csrf_token" value="\(session.csrfToken)"><button>Log out</button></form>
                    """)
            default: html("There is no such page", home, status: 404)
            }
        if method == .head { reply.body = [] }
        return reply
    }

    private let home = "<a href=\"/\">Home</a>"

    private func html(_ title: String, _ body: String, status: Int = 200) -> BrowserReply {
        let title = escaped(title)
        let text = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title)</title></head>
            <body><h1>\(title)</h1>\(body)</body></html>
            """
        let fields = [
            HeaderField("Content-Type", "text/html; charset=utf-8"),
            HeaderField("Content-Length", "\(text.utf8.count)"),
            HeaderField("Allow", "GET, HEAD"),
        ]
        return BrowserReply(status: status, fields: fields.compactMap(\.self), body: Array(text.utf8))
    }

    private func escaped(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.reduce(into: "") { $0 += entities[$1] ?? String($1) }
    }
}
