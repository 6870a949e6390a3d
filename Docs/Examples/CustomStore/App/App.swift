import FolderStore
import Hummingbird
import HummingbirdLogin
import LoginEnvironment
import OAuthTypes

/// A site whose sessions are in a store of its own.
@main
struct App {
    static func main() async throws {
        let variables = EnvironmentVariables.process
        let store = try FolderStore(folder: variables["SESSION_FOLDER"] ?? "sessions")
        let login = ConfiguredLogin.orExit(store: store)
        let router = Router(context: BasicLoginRequestContext.self)
        try router.addLogin(login.flow)
        router.get("/") { _, context in "Hello, \(context.loginSession?.user.name ?? "guest")" }
        router.group("account").requireLogin().get { _, context in
            "The account of \(context.session.user.name ?? context.session.subject.text)"
        }
        let app = Application(
            router: router, server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: variables["PORT"].flatMap { Int($0) } ?? 3000)),
            services: [LoginService(login.flow) { await login.shutdown() }])
        try await app.runService()
    }
}
