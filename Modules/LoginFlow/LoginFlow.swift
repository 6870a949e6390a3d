public import APIClient
import AuthURL
import Concurrency
public import OAuthTypes
public import SessionStore

/// The login of a server-side web app: the authorization code flow, OpenID Connect and a session.
///
/// A web framework needs three calls: ``route(_:target:)`` to find out whether a request belongs to the flow,
/// ``respond(to:on:)`` to answer those, and ``admit(_:requiring:)`` in front of everything else. ``run(every:)`` does
/// the housekeeping.
///
/// Sessions are in a store or in cookies; ``storedSessions`` and ``sessionDirectory`` are what else can be done with
/// them.
public final class LoginFlow: Sendable {
    package let settings: LoginSettings
    /// Where code leases are, and sessions unless they are in cookies.
    let store: any SessionStore
    let sessions: SessionBackend
    let environment: Environment
    let provider: Provider
    let cookies: FlowCookies
    let sealer: RecordSealer
    let pendingSealer: Sealer
    let leases: CodeLeases
    let returns: SavedReturns
    let redirectURI: EndpointURL
    let afterLogoutURI: EndpointURL
    /// The lifetimes of sessions in seconds, which is how they are stored.
    let idleSeconds, absoluteSeconds: Int64
    let work = RunningWork()
    let refreshes: RefreshTasks
    let loginStorms = LoginStormDetector()
    let offlineAccess = OfflineAccessMemory()
    let credentialWatch: CredentialWatch
    let pushes = PushLimit()
    /// Bounds the log entries that callbacks of unknown origin can cause.
    let unknownErrors: LogQuota

    /// The dependencies of the flow. Tests replace time, randomness and waiting.
    public struct Environment: Sendable {
        /// Sends requests to the provider.
        public var transport: any HTTPTransport
        /// The time of day.
        public var clock: WallClock
        /// Measures durations for events.
        public var stopwatch: Stopwatch
        /// Makes identifiers and keys.
        public var random: RandomSource
        /// Waits while another process finishes its part.
        public var sleeper: Sleeper
        /// The app's own rules.
        public var hooks: any LoginHooks
        /// Receive the flow's events.
        public var observers: [any FlowObserver]
        /// Renders the flow's own pages.
        public var pages: LoginPages
        /// How many code leases are kept; tests make it small.
        package var leaseLimits: CodeLeaseLimits

        /// Creates an environment with the system's clocks and randomness, no hooks, no observers and plain pages.
        public init(transport: any HTTPTransport) {
            self.transport = transport
            clock = .system
            stopwatch = .system
            random = .system
            sleeper = .system
            hooks = NoHooks()
            observers = []
            pages = .plain
            leaseLimits = CodeLeaseLimits()
        }
    }

    /// Creates a flow. Nothing is fetched before the first login needs it, so the app starts while the provider
    /// is down.
    /// - Parameters:
    ///   - settings: the app and how it logs users in.
    ///   - store: where sessions are stored.
    ///   - ring: the current keys, which seal sessions and pending logins; the same for every process that shares
    ///     the store. `SealingKeyRing.replace(with:)` changes them while the flow runs: sessions go on, and what an
    ///     older key sealed is sealed again when it is written or extended.
    ///   - environment: the dependencies of the flow.
    /// - Throws: `SettingsError` with every fault.
    public convenience init(
        _ settings: LoginSettings, store: some SessionStore, ring: SealingKeyRing, environment: Environment
    ) throws(SettingsError) {
        let backend = StoreBackend(
            store: store, ring: ring, keepsRefreshTokensReadable: settings.refresh.onRevocation == .refreshTokensToo,
            cookies: FlowCookies(settings), environment: environment)
        try self.init(settings, faults: [], sessions: .store(backend), ring: ring, environment: environment)
    }

    /// Creates a flow whose sessions live in the browser's cookies, sealed.
    /// - Parameters:
    ///   - settings: the app and how it logs users in. The scope must not contain `offline_access`.
    ///   - sessions: how large a session may be, and from when on sessions count.
    ///   - ring: the current keys, which seal sessions and pending logins; the same for every process.
    ///     `SealingKeyRing.replace(with:)` changes them while the flow runs: sessions go on, and cookies are sealed
    ///     with the new key when they are issued again.
    ///   - environment: the dependencies of the flow.
    /// - Throws: `SettingsError` with every fault.
    public convenience init(
        _ settings: LoginSettings, cookies sessions: CookieSessions, ring: SealingKeyRing, environment: Environment
    ) throws(SettingsError) {
        let backend = CookieBackend(
            options: sessions, cookies: FlowCookies(settings),
            sealer: ring.sealer(for: .cookieSession, random: environment.random), acceptsIssuer: settings.accepts)
        try self.init(
            settings, faults: sessions.faults(with: settings), sessions: .cookies(backend), ring: ring,
            environment: environment)
    }

    private init(
        _ settings: LoginSettings, faults more: [SettingFault], sessions: SessionBackend, ring: SealingKeyRing,
        environment: Environment
    ) throws(SettingsError) {
        let faults = settings.allFaults + more
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        if let fault = settings.claimKeys() { throw SettingsError(faults: [fault]) }
        do {
            redirectURI = try settings.url(path: settings.routes.callback)
            afterLogoutURI = try settings.url(path: settings.routes.afterLogout)
        } catch {
            throw SettingsError(faults: [
                SettingFault(setting: "baseURL", problem: error.description, fix: "Give an https:// origin.")
            ])
        }
        self.settings = settings
        self.sessions = sessions
        store = sessions.stored?.store ?? CookieBackend.leaseStore()
        self.environment = environment
        idleSeconds = settings.idleLifetime.components.seconds
        absoluteSeconds = settings.absoluteLifetime.components.seconds
        provider = Provider(settings: settings, environment: environment)
        cookies = FlowCookies(settings)
        sealer = RecordSealer(ring: ring, random: environment.random)
        pendingSealer = ring.sealer(for: .pendingLogin, random: environment.random)
        leases = CodeLeases(
            store: store, sealer: sealer, random: environment.random, bounds: CodeLeaseBounds(environment.leaseLimits))
        returns = SavedReturns(store: sessions.stored?.store, sealer: sealer, random: environment.random)
        refreshes = RefreshTasks(among: work)
        credentialWatch = CredentialWatch(end: settings.clientCredentialEndsAt)
        unknownErrors = LogQuota(clock: environment.clock)
    }

    /// Answers a request that belongs to the flow. There is a reply to every request; it never throws.
    public func respond(to request: BrowserRequest, on route: LoginRoute) async -> BrowserReply {
        guard request.body.count <= route.bodyLimit else { return refuseLongBody(of: request) }
        guard route != .clientKeys else { return publishedKeys(to: request) }
        guard request.method != .head else { return finished(await answerHead(request, on: route), to: request) }
        let reply =
            switch route {
            case .login: await begin(request)
            case .callback: await complete(request)
            case .initiateLogin: await initiate(request)
            case .logout: await logOut(request)
            case .afterLogout: returnFromLogout(request)
            case .clientKeys: publishedKeys(to: request)
            }
        return finished(reply, to: request)
    }

    // No response of the flow may be cached (RFC 6749 §5.1, CVE-2025-48947).
    func finished(_ reply: BrowserReply, to request: BrowserRequest) -> BrowserReply {
        let reply = BrowserReply(status: reply.status, fields: reply.fields + privateFields, body: reply.body)
        return request.method == .head ? reply.withoutBody : reply
    }

    var privateFields: [HeaderField] {
        var fields = [
            HeaderField(literal: "Cache-Control", value: "no-store"), HeaderField(literal: "Vary", value: "Cookie"),
        ]
        if isDevelopment { fields.append(HeaderField(literal: "X-Login-Flow-Development", value: "true")) }
        return fields
    }

    var isDevelopment: Bool { settings.baseURL.origin.scheme == "http" }
    package var now: UnixTime { environment.clock.now }
}
