import FlyingFox
import Logging
import LoginEnvironment
import LoginLifecycle
import OAuthTypes
import ServiceLifecycle

/// The site in FlyingFox.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit()
        let port = EnvironmentVariables.process["PORT"].flatMap { UInt16($0) } ?? 3000
        // FlyingFox itself reads bodies of up to this length to their end.
        let configuration = HTTPServer.Configuration(
            address: try .inet(ip4: "127.0.0.1", port: port), sharedRequestReplaySize: 65_536)
        let server = HTTPServer(config: configuration, handler: LoginHandler(site: Site(flow: login.flow)))
        // Services stop in reverse order: the server first, then the logins in progress, then the transport.
        let services: [any Service] = [LoginService(login.flow) { await login.shutdown() }, WebServer(server: server)]
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "app"))
        group.maximumGracefulShutdownDuration = .seconds(30)
        try await ServiceGroup(configuration: group).run()
    }
}

/// Runs the server, and lets requests in progress finish when the process is told to stop.
struct WebServer: Service {
    let server: HTTPServer

    func run() async throws {
        do {
            try await withGracefulShutdownHandler {
                try await server.run()
            } onGracefulShutdown: {
                // It takes all of this time: FlyingFox does not notice that the last request has ended.
                Task { await server.stop(timeout: 5) }
            }
        } catch  where Task.isShuttingDownGracefully {
            // A server that was stopped throws.
        }
    }
}
