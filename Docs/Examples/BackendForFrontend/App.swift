import Hummingbird
import HummingbirdLogin
import LoginEnvironment
import OAuthTypes

/// The backend of a page whose script does the rest. Tokens never reach the browser.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit()
        let variables = EnvironmentVariables.process
        let api = try EndpointURL(variables["API_URL"] ?? "http://localhost:3002/orders", allowing: .loopback)
        let router = Router(context: BasicLoginRequestContext.self)
        try router.addLogin(login.flow)
        router.get("/") { _, _ in Frontend.page }
        router.get("app.js") { _, _ in Frontend.script }
        Backend(flow: login.flow, api: api).add(to: router.group("api").requireLogin())
        let app = Application(
            router: router, server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: variables["PORT"].flatMap { Int($0) } ?? 3000)),
            services: [LoginService(login.flow) { await login.shutdown() }])
        try await app.runService()
    }
}
