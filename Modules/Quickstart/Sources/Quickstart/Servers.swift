import DevAuthServer
import Hummingbird
import HummingbirdDevAuthServer
import HummingbirdLogin
import Logging
import LoginEnvironment
import LoginFlow
import LoginLifecycle
import OAuthTypes
import ServiceLifecycle
import UnixSignals

/// The servers of the quickstart.
struct Servers {
    private let settings: Settings
    private let events: EventLog

    init(_ settings: Settings, events: EventLog) {
        self.settings = settings
        self.events = events
    }

    private var login: ConfiguredLogin { settings.login }

    /// Runs until the process is told to stop. Services stop in reverse order: the web app first, so that logins in
    /// progress still reach the others.
    func run() async throws {
        let login = login
        var services: [any Service] = [LoginService(login.flow) { await login.shutdown() }]
        if let api { services.append(listener(api.router().buildResponder(), port: settings.apiPort)) }
        if let embedded = settings.embedded {
            var application = embedded.server.application(server: .boundedHTTP1())
            application.logger = Servers.logger
            services.append(application)
        }
        services.append(listener(try webApp.router().buildResponder(), port: settings.port))
        services.append(Announcement(settings: settings, probes: probes))
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Servers.logger)
        // Longer than a token request takes, and a bound for clients that never finish their request.
        configuration.maximumGracefulShutdownDuration = .seconds(15)
        try await ServiceGroup(configuration: configuration).run()
    }

    private var webApp: WebApp {
        // http on loopback is accepted in development only.
        WebApp(
            flow: login.flow, events: events, issuer: login.settings.issuer, api: api == nil ? nil : apiURL,
            pictures: login.settings.plaintext, clock: .system)
    }

    private var api: DemoAPI? {
        guard let audience = login.settings.audience else { return nil }
        let scope = settings.embedded.flatMap { _ in try? Scope(EmbeddedProvider.apiScope) }
        return DemoAPI(
            gate: APIGate(
                issuer: login.settings.issuer, document: document, audience: audience, transport: login.transport,
                clock: .system), scope: scope, home: settings.baseURL.origin.description + "/", clock: .system)
    }

    private var document: EndpointURL? {
        guard case .document(let address, _) = login.settings.provider else { return nil }
        return address
    }

    private var apiURL: EndpointURL? { local(port: settings.apiPort, path: "/demo") }

    private var probes: [EndpointURL] {
        [
            local(port: settings.port, path: StyleSheet.path),
            settings.embedded.flatMap { _ in local(port: settings.authorizationServerPort, path: "/jwks") },
            api.flatMap { _ in apiURL },
        ].compactMap(\.self)
    }

    private func local(port: UInt16, path: String) -> EndpointURL? {
        try? EndpointURL("http://127.0.0.1:\(port)\(path)", allowing: .loopback)
    }

    private func listener<Responder: HTTPResponder>(_ responder: Responder, port: UInt16) -> Application<Responder>
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        Application(
            responder: responder, server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: Int(port))),
            logger: Servers.logger)
    }

    private static let logger: Logger = {
        var logger = Logger(label: "quickstart") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return logger
    }()
}
