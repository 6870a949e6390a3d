import GermanPages
import Hummingbird
import HummingbirdLogin
import LoginEnvironment
import OAuthTypes

/// A site in German, the pages of the flow included.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit { _, environment in
            environment.pages = GermanPages.pages
        }
        let router = Router(context: BasicLoginRequestContext.self)
        try router.addLogin(login.flow)
        router.get("/") { _, context in "Guten Tag, \(context.loginSession?.user.name ?? "Gast")" }
        router.group("konto").requireLogin().get { _, context in
            "Das Konto von \(context.session.user.name ?? context.session.subject.text)"
        }
        let port = EnvironmentVariables.process["PORT"].flatMap { Int($0) } ?? 3000
        let app = Application(
            router: router, server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            services: [LoginService(login.flow) { await login.shutdown() }])
        try await app.runService()
    }
}
