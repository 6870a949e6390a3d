import Hummingbird
import HummingbirdLogin
import LoginEnvironment
import OAuthTypes

/// A site with a page for everyone and a page behind the login. Sessions are where `LOGIN_SESSION_STORE` says.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit()
        let app = Application(
            router: try site(login.flow), server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            services: [LoginService(login.flow) { await login.shutdown() }])
        try await app.runService()
    }

    static var port: Int { EnvironmentVariables.process["PORT"].flatMap { Int($0) } ?? 3000 }
}

func site(_ flow: LoginFlow) throws -> Router<BasicLoginRequestContext> {
    let router = Router(context: BasicLoginRequestContext.self)
    try router.addLogin(flow)
    router.get("/") { _, context in
        Page("Hello, \(context.loginSession?.user.name ?? "guest")", body: "<a href=\"/account\">Your account</a>")
    }
    router.group("account").requireLogin().get { _, context in
        let user = context.session.user
        return Page(
            user.name ?? user.subject.text,
            body: """
                <p>\(Page.escape(user.email?.address ?? "no email address"))</p>
                <form id="logout" method="post" action="/logout">
                <input type="hidden" name="csrf_token" value="\(context.session.csrfToken)"><button>Log out</button></form>
                """)
    }
    return router
}
