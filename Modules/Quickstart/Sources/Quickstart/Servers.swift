import CurlTransport
import DevAuthServer
import Hummingbird
import HummingbirdDevAuthServer
import HummingbirdLogin
import Logging
import LoginFlow
import OAuthTypes
import ServiceLifecycle
import SessionStore
import UnixSignals

/// The servers of the quickstart.
struct Servers {
    private let settings: Settings
    private let transport: CurlTransport
    private let embedded: EmbeddedProvider?
    private let flow: LoginFlow
    private let issuer: Issuer
    private let events = EventLog()

    init(_ settings: Settings) throws {
        self.settings = settings
        transport = try CurlTransport(CurlConfiguration(caFile: settings.caFile))
        embedded = try settings.provider == nil ? EmbeddedProvider(settings, random: .system) : nil
        let login = try LoginParts(settings, embedded: embedded)
        issuer = login.settings.issuer
        var environment = LoginFlow.Environment(transport: transport)
        environment.observers = [events, FailureLog()]
        environment.pages = FlowPages.pages
        let choice = StoreChoice(store: settings.store)
        flow = try LoginFlow(
            login.settings, store: try choice.open(),
            keys: try settings.keys ?? choice.developmentKeys(random: .system),
            environment: environment)
    }

    /// Runs until the process is told to stop. Services stop in reverse order: the web app first, so that logins in
    /// progress still reach the others.
    func run() async throws {
        var services: [any Service] = [Housekeeping(flow: flow, transport: transport)]
        if let api { services.append(listener(api.router().buildResponder(), port: settings.apiPort)) }
        if let embedded {
            var application = embedded.server.application(server: .boundedHTTP1())
            application.logger = Servers.logger
            services.append(application)
        }
        services.append(listener(webApp.router().buildResponder(), port: settings.port))
        services.append(Announcement(settings: settings, embedded: embedded, probes: probes, transport: transport))
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: Servers.logger)
        // Longer than a token request takes, and a bound for clients that never finish their request.
        configuration.maximumGracefulShutdownDuration = .seconds(15)
        try await ServiceGroup(configuration: configuration).run()
    }

    private var webApp: WebApp {
        let isDevelopment = settings.environment == .development && settings.baseURL.origin.isLoopback
        return WebApp(
            flow: flow, events: events, issuer: issuer, api: api == nil ? nil : apiURL,
            pictures: isDevelopment ? .loopback : .refused, clock: .system)
    }

    private var api: DemoAPI? {
        guard let audience = embedded.map({ _ in settings.audience ?? EmbeddedProvider.audience }) ?? settings.audience
        else { return nil }
        let scope = embedded.flatMap { _ in try? Scope(EmbeddedProvider.apiScope) }
        return DemoAPI(
            gate: APIGate(
                issuer: issuer, document: settings.rules.documentURL, audience: audience, transport: transport,
                clock: .system), scope: scope, home: settings.baseURL.origin.description + "/", clock: .system)
    }

    private var apiURL: EndpointURL? { local(port: settings.apiPort, path: "/demo") }

    private var probes: [EndpointURL] {
        [
            local(port: settings.port, path: StyleSheet.path),
            embedded.flatMap { _ in local(port: settings.authorizationServerPort, path: "/jwks") },
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

/// The flow's settings, from the environment or from the embedded provider.
private struct LoginParts {
    let settings: LoginSettings

    init(_ settings: Settings, embedded: EmbeddedProvider?) throws {
        var login: LoginSettings
        if let provider = settings.provider {
            login = LoginSettings(
                issuer: provider.issuer, clientID: provider.clientID, clientSecret: provider.clientSecret,
                baseURL: settings.baseURL)
            login.scope = settings.scope
            login.audience = settings.audience
        } else if let embedded {
            login = LoginSettings(
                issuer: embedded.server.issuer, clientID: embedded.client.id, clientSecret: embedded.client.secret,
                baseURL: settings.baseURL)
            login.scope =
                try settings.scope ?? Scope("openid profile email offline_access \(EmbeddedProvider.apiScope)")
            login.audience = settings.audience ?? EmbeddedProvider.audience
        } else {
            throw SettingsError(faults: [])
        }
        login.clientAuthenticationMethod = settings.clientAuthenticationMethod
        settings.rules.apply(to: &login)
        login.plaintext = .loopback
        self.settings = login
    }
}
