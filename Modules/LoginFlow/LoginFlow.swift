public import APIClient
import AuthURL
import Concurrency
public import OAuthTypes
public import SessionStore

/// The login of a server-side web app: the authorization code flow with a client secret, OpenID Connect and a session.
///
/// A web framework needs three calls: ``route(_:_:)`` to find out whether a request belongs to the flow,
/// ``respond(to:on:)`` to answer those, and ``admit(_:requiring:)`` in front of everything else. ``run(every:)`` does
/// the housekeeping.
///
/// Sessions live in a store or in cookies; ``storedSessions`` and ``sessionDirectory`` say what can be done with them
/// beyond that.
public final class LoginFlow: Sendable {
    let settings: LoginSettings
    /// Where login claims lie, and sessions unless they are in cookies.
    let store: any SessionStore
    let placement: any SessionPlacement
    let environment: Environment
    let provider: Provider
    let cookies: FlowCookies
    let sealer: RecordSealer
    let pendingSealer: Sealer
    let claims: CodeLeases
    let returns: SavedReturns
    let redirectURI: EndpointURL
    let afterLogoutURI: EndpointURL
    let work = RunningWork()
    let refreshes: RefreshTasks
    let loginDemands = LoginDemands()
    let offlineAccess = OfflineAccessMemory()
    let strangersWords: WordBudget

    /// What the flow takes from outside. Tests replace time, randomness and waiting.
    public struct Environment: Sendable {
        /// Sends requests to the provider.
        public var transport: any HTTPTransport
        /// The time of day.
        public var clock: WallClock
        /// Measures durations for events.
        public var stopwatch: Stopwatch
        /// Makes identifiers and keys.
        public var random: RandomSource
        /// Lets time pass while another process finishes its part.
        public var sleeper: Sleeper
        /// The app's own rules.
        public var hooks: any LoginHooks
        /// Are told what happens.
        public var observers: [any FlowObserver]
        /// Draws the flow's own pages.
        public var pages: LoginPages
        /// How many login claims are kept; tests make it small.
        package var claimLimits: CodeLeaseLimits

        /// The system's clocks and randomness, no hooks, no observers, plain pages.
        public init(transport: any HTTPTransport) {
            self.transport = transport
            clock = .system
            stopwatch = .system
            random = .system
            sleeper = .system
            hooks = NoHooks()
            observers = []
            pages = .plain
            claimLimits = CodeLeaseLimits()
        }
    }

    /// Puts a flow together. Nothing is fetched before the first login needs it, so the app starts while the provider
    /// is down.
    /// - Parameters:
    ///   - settings: who the app is and how it logs users in.
    ///   - store: where sessions live.
    ///   - ring: the keys of the moment, which seal sessions and pending logins; the same for every process that shares
    ///     the store. `SealingKeyRing.replace(with:)` changes them while the flow runs: sessions go on, and what an
    ///     older key sealed is sealed anew when it is written or kept alive.
    ///   - environment: what the flow takes from outside.
    /// - Throws: ``LoginSettingsError`` with every fault.
    public convenience init(
        _ settings: LoginSettings, store: some SessionStore, ring: SealingKeyRing, environment: Environment
    ) throws(LoginSettingsError) {
        let cookies = FlowCookies(settings)
        let records = SessionRecords(
            ring: ring, random: environment.random,
            keepsRefreshTokensReadable: settings.refresh.onRevocation == .refreshTokensToo)
        let placement = StorePlacement(
            store: store, records: records, cookies: cookies, watchers: SessionWatchers(), environment: environment)
        try self.init(settings, faults: [], placement, store: store, ring: ring, environment: environment)
    }

    /// Puts a flow together whose sessions live in the browser's cookies, sealed.
    /// - Parameters:
    ///   - settings: who the app is and how it logs users in. The scope must not ask for `offline_access`.
    ///   - sessions: how large a session may be, and from when on sessions count.
    ///   - ring: the keys of the moment, which seal sessions and pending logins; the same for every process.
    ///     `SealingKeyRing.replace(with:)` changes them while the flow runs: sessions go on, and cookies are sealed
    ///     anew when they are issued anew.
    ///   - environment: what the flow takes from outside.
    /// - Throws: ``LoginSettingsError`` with every fault.
    public convenience init(
        _ settings: LoginSettings, cookies sessions: CookieSessions, ring: SealingKeyRing, environment: Environment
    ) throws(LoginSettingsError) {
        let placement = CookiePlacement(
            options: sessions, cookies: FlowCookies(settings),
            sealer: ring.sealer(for: .cookieSession, random: environment.random), issuer: settings.issuer,
            random: environment.random)
        try self.init(
            settings, faults: sessions.faults(with: settings), placement, store: CookiePlacement.claims, ring: ring,
            environment: environment)
    }

    private init(
        _ settings: LoginSettings, faults more: [SettingFault], _ placement: some SessionPlacement,
        store: some SessionStore, ring: SealingKeyRing, environment: Environment
    ) throws(LoginSettingsError) {
        let faults = settings.faults + settings.nameFaults + more
        guard faults.isEmpty else { throw LoginSettingsError(faults: faults) }
        do {
            redirectURI = try settings.url(path: settings.routes.callback)
            afterLogoutURI = try settings.url(path: settings.routes.afterLogout)
        } catch {
            throw LoginSettingsError(faults: [
                SettingFault(setting: "baseURL", problem: error.description, fix: "Give an https:// origin.")
            ])
        }
        self.settings = settings
        self.store = store
        self.placement = placement
        self.environment = environment
        provider = Provider(settings: settings, environment: environment)
        cookies = FlowCookies(settings)
        sealer = RecordSealer(ring: ring, random: environment.random)
        pendingSealer = ring.sealer(for: .pendingLogin, random: environment.random)
        claims = CodeLeases(
            store: store, sealer: sealer, random: environment.random, bounds: CodeLeaseBounds(environment.claimLimits))
        returns = SavedReturns(store: placement.keepsPaths ? store : nil, sealer: sealer, random: environment.random)
        refreshes = RefreshTasks(among: work)
        strangersWords = WordBudget(clock: environment.clock)
    }

    /// Answers a request that belongs to the flow. Whatever arrives, there is an answer; it never throws.
    public func respond(to request: BrowserRequest, on route: LoginRoute) async -> BrowserReply {
        guard request.body.count <= route.bodyLimit else { return refuseLongBody(of: request) }
        guard request.method != .head else { return finished(await answerHead(request, on: route), to: request) }
        let reply =
            switch route {
            case .login: await begin(request)
            case .callback: await complete(request)
            case .logout: await logOut(request)
            case .afterLogout: returnFromLogout(request)
            }
        return finished(reply, to: request)
    }

    // Nothing of the flow belongs into any cache (RFC 6749 §5.1, CVE-2025-48947).
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
    var now: UnixTime { environment.clock.now }
}
