import Logging
import LoginEnvironment
import LoginLifecycle
import OAuthTypes
import ServiceLifecycle

/// The site in SwiftNIO, without a web framework.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit()
        let port = EnvironmentVariables.process["PORT"].flatMap { Int($0) } ?? 3000
        // Services stop in reverse order: the server first, then the logins in progress, then the transport.
        let services: [any Service] = [
            LoginService(login.flow) { await login.shutdown() }, WebServer(site: Site(flow: login.flow), port: port),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "app"))
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: configuration).run()
    }
}
