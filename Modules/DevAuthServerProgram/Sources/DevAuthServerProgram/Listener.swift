import DevAuthServer
import DevAuthServerCommands
import Hummingbird
import HummingbirdDevAuthServer
import HummingbirdLogin
import Logging
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The server behind a socket.
struct Listener {
    let server: DevAuthServer
    let announcement: Announcement

    func run() async throws {
        let announcement = announcement
        var application = server.application(server: .boundedHTTP1()) {
            print(announcement.text)
            print(announcement.readyLine, terminator: "")
            fflush(nil)
        }
        application.logger = Self.logger
        var configuration = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger)
        // A client that never finishes its request keeps nobody waiting.
        configuration.maximumGracefulShutdownDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static let logger: Logger = {
        var logger = Logger(label: "dev-auth-server") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }()
}
