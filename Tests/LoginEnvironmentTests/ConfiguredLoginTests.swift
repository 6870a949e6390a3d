import LoginEnvironment
import LoginFlow
import OAuthTypes
import SessionStore
import Synchronization
import TestSupport
import Testing

struct ConfiguredLoginTests {
    struct AppError: Error {}

    @Test func makesAFlowOfTheVariables() async throws {
        let login = try ConfiguredLogin(variables: .complete())
        #expect(login.settings.baseURL.text == "https://app.example")
        #expect(login.flow.ownedPaths.contains("/callback"))
        #expect(login.store is MemorySessionStore)
        #expect(login.warnings.isEmpty)
        await login.shutdown()
        await login.shutdown()
    }

    @Test func tellsEveryFaultAtOnceAndNoSecret() throws {
        let variables: EnvironmentVariables = [
            "LOGIN_ISSUER": "http://login.example", "LOGIN_CLIENT_SECRET": "canary-client",
            "LOGIN_BASE_URL": "https://app.example/x", "LOGIN_SESSION_STORE": "redis://user:canary-store@host",
            "LOGIN_SESSION_SECRET": "canary-session", "LOGIN_CA_FILE": "/nowhere.pem", "LOGIN_SCOPE": "email",
            "LOGIN_ENV": "prod", "LOGIN_PROMPT": "a,b",
        ]
        let error = #expect(throws: SettingsError.self) { try ConfiguredLogin(variables: variables) }
        let faults = error?.faults ?? []
        #expect(
            faults.map(\.setting).sorted() == [
                "LOGIN_BASE_URL", "LOGIN_CA_FILE", "LOGIN_CLIENT_ID", "LOGIN_ENV", "LOGIN_ISSUER", "LOGIN_PROMPT",
                "LOGIN_PROMPT", "LOGIN_SCOPE", "LOGIN_SESSION_SECRET", "LOGIN_SESSION_STORE",
            ])
        #expect(faults.allSatisfy { !$0.problem.isEmpty && $0.fix.hasSuffix(".") })
        #expect(error?.description.contains("canary") == false)
    }

    @Test(
        arguments: [
            (["LOGIN_CLIENT_AUTH": "tls_client_auth"], "it is not set"),
            (["LOGIN_CLIENT_CERTIFICATE": "/nowhere.pem"], "it cannot be read: No such file or directory"),
            (["LOGIN_CLIENT_CERTIFICATE": "/dev/null"], "it is no regular file"),
        ] as [([String: String?], String)])
    func namesWhatIsWrongWithACertificate(_ changes: [String: String?], problem: String) {
        let error = #expect(throws: SettingsError.self) { try ConfiguredLogin(variables: .complete(changes)) }
        #expect(error?.faults.map(\.setting) == ["LOGIN_CLIENT_CERTIFICATE"])
        #expect(error?.faults.first?.problem == problem)
    }

    /// Metadata may name any address: one in the app's own network is refused unless the operator names its host.
    @Test func endpointsInTheOwnNetworkAreRefused() async throws {
        let request = TransportRequest(.get, try EndpointURL("https://127.0.0.1:1/"), replay: .idempotent)
        for (hosts, isRefused) in [(nil, true), ("127.0.0.1", false)] as [(String?, Bool)] {
            let login = try ConfiguredLogin(variables: .complete(["LOGIN_INTERNAL_HOSTS": hosts]))
            do throws(TransportError) {
                _ = try await login.transport.send(request, within: TransportLimits())
                Issue.record("nobody listens there")
            } catch {
                guard case .addressRefused = error.reason else {
                    #expect(!isRefused, "\(error)")
                    continue
                }
                #expect(isRefused)
                #expect(error.sent == .nothing)
            }
            await login.shutdown()
        }
    }

    @Test(
        arguments: [
            (["LOGIN_SESSION_SECRET": nil], "it is not set"),
            (["LOGIN_SESSION_SECRET": nil, "LOGIN_ENV": nil], "it is not set"),
            (["LOGIN_SESSION_SECRET": "hunter2"], "32 octets"),
            (["LOGIN_SESSION_SECRET": EnvironmentVariables.sessionSecret + ",x"], "32 octets"),
        ] as [([String: String?], String)])
    func demandsASessionSecretAwayFromLoopback(_ changes: [String: String?], problem: String) {
        let error = #expect(throws: SettingsError.self) { try ConfiguredLogin(variables: .complete(changes)) }
        #expect(error?.faults.map(\.setting) == ["LOGIN_SESSION_SECRET"])
        #expect(error?.faults.first?.problem.contains(problem) == true)
    }

    @Test func demandsASessionSecretInProductionOnLoopbackToo() {
        let variables = EnvironmentVariables.complete([
            "LOGIN_BASE_URL": "https://localhost:8443", "LOGIN_SESSION_SECRET": nil,
        ])
        let error = #expect(throws: SettingsError.self) { try ConfiguredLogin(variables: variables) }
        #expect(error?.faults.map(\.setting) == ["LOGIN_SESSION_SECRET"])
    }

    @Test func takesSeveralSecretsNewestFirst() throws {
        let both = EnvironmentVariables.sessionSecret + "," + String(repeating: "b6", count: 32)
        _ = try ConfiguredLogin(variables: .complete(["LOGIN_SESSION_SECRET": both]))
    }

    @Test(arguments: ["file", "sqlite"])
    func keepsKeysBesideADurableStoreInDevelopment(_ kind: String) throws {
        let folder = try ScratchFolder()
        let variables = EnvironmentVariables.development(["LOGIN_SESSION_STORE": "\(kind):\(folder.path)/sessions"])
        let login = try ConfiguredLogin(variables: variables)
        #expect(!(login.store is MemorySessionStore))
        #expect(folder.holds("sessions") && folder.holds("sessions.keys"))
        #expect(login.warnings.map(\.setting) == ["LOGIN_SESSION_SECRET"])
        #expect(login.warnings.first?.problem.contains("\(folder.path)/sessions.keys") == true)
    }

    @Test func keepsNoKeysWhereASecretIsSet() throws {
        let folder = try ScratchFolder()
        let login = try ConfiguredLogin(
            variables: .complete(["LOGIN_SESSION_STORE": "sqlite:\(folder.path)/sessions"]))
        #expect(folder.holds("sessions") && !folder.holds("sessions.keys"))
        #expect(login.warnings.isEmpty)
    }

    @Test(arguments: ["redis:6379", "file", "sqlite:", "file:/proc/sessions", "sqlite:/proc"])
    func namesAStoreThatCannotBeUsed(_ text: String) {
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_SESSION_STORE": text]))
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_SESSION_STORE"])
        #expect(error?.faults.first?.fix.hasPrefix("Use memory, file:DIRECTORY or sqlite:FILE") == true)
    }

    @Test func tellsThatTheKeysOfAStoreOfTheAppsOwnEndWithTheProcess() throws {
        let login = try ConfiguredLogin(variables: .development([:]), store: MemorySessionStore())
        #expect(login.warnings.map(\.setting) == ["LOGIN_SESSION_SECRET"])
        #expect(login.warnings.first?.fix.contains("openssl rand -hex 32") == true)
    }

    @Test func takesAStoreOfTheAppsOwn() throws {
        let store = MemorySessionStore()
        #expect(try ConfiguredLogin(variables: .complete(), store: store).store is MemorySessionStore)
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_SESSION_STORE": "memory"]), store: store)
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_SESSION_STORE"])
    }

    @Test func somethingCanStandAroundTheStore() throws {
        let login = try ConfiguredLogin(variables: .complete(), wrapStore: PlainStore.init)
        #expect((login.store as? PlainStore)?.inner is MemorySessionStore)
        // What stands around it has no index, and the flow has no other store.
        #expect(login.flow.storedSessions != nil && login.flow.sessionDirectory == nil)
    }

    @Test func somethingCanStandAroundAStoreOfTheAppsOwn() throws {
        let own = MemorySessionStore()
        let login = try ConfiguredLogin(variables: .complete(), store: own) { settings, _ in
            settings.routes.afterLogout = "/goodbye"
        } wrapStore: {
            PlainStore(inner: $0)
        }
        #expect((login.store as? PlainStore)?.inner as? MemorySessionStore === own)
        #expect(login.settings.routes.afterLogout == "/goodbye")
    }

    @Test func theAppHasTheLastWord() throws {
        let transport = UnreachableTransport()
        let login = try ConfiguredLogin(variables: .complete(["LOGIN_SCOPE": "openid"])) { settings, environment in
            settings.scope = try Scope("openid email")
            settings.routes.afterLogout = "/goodbye"
            environment.transport = transport
        }
        #expect(login.settings.scope?.contains("email") == true)
        #expect(login.settings.routes.afterLogout == "/goodbye")
        #expect((login.transport as? UnreachableTransport) === transport)
    }

    @Test func tellsFaultsOfTheAppsChangesWithThoseOfTheVariables() {
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_ENV": "prod"])) { settings, _ in
                settings.idleLifetime = .seconds(1)
                settings.name = "not a name"
            }
        }
        #expect(error?.faults.map(\.setting).sorted() == ["LOGIN_ENV", "idleLifetime, absoluteLifetime", "name"])
    }

    @Test func passesOnWhatTheAppThrows() {
        #expect(throws: AppError.self) { try ConfiguredLogin(variables: .complete()) { _, _ in throw AppError() } }
        let own = SettingFault(setting: "APP_COLOR", problem: "it is not a color", fix: "Use red.")
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_PROMPT": "x"])) { _, _ in
                throw SettingsError(faults: [own])
            }
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_PROMPT", "APP_COLOR"])
    }

    @Test func faultsOfTheVariablesGoBeforeWhatTheAppThrows() {
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_PROMPT": "x"])) { _, _ in throw AppError() }
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_PROMPT"])
    }

    @Test func productionStaysWithoutHTTPWhateverTheAppSays() {
        let error = #expect(throws: SettingsError.self) {
            try ConfiguredLogin(variables: .complete(["LOGIN_BASE_URL": "http://localhost:3000"])) { settings, _ in
                settings.plaintext = .loopback
            }
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_BASE_URL"])
    }

    @Test func observersHearOfTheStore() throws {
        let folder = try ScratchFolder()
        let events = Events()
        _ = try ConfiguredLogin(
            variables: .complete(["LOGIN_SESSION_STORE": "sqlite:\(folder.path)/sessions"])
        ) { _, environment in environment.observers = [events] }
        #expect(events.all.map(\.name) == ["store.created"])
        #expect(events.all.first?.details.first?.value.contains("\(folder.path)/sessions") == true)
    }

    @Test func showsNoSecret() throws {
        let login = try ConfiguredLogin(variables: .complete())
        var dumped = ""
        dump(login, to: &dumped)
        let shown = "\(login) \(String(reflecting: login)) \(dumped)"
        #expect(!shown.contains(EnvironmentVariables.secret) && !shown.contains(EnvironmentVariables.sessionSecret))
    }
}

private final class Events: FlowObserver {
    private let kept = Mutex<[FlowEvent]>([])

    var all: [FlowEvent] { kept.withLock { $0 } }

    func record(_ event: FlowEvent) { kept.withLock { $0.append(event) } }
}

/// A store around another, without its index.
private struct PlainStore: SessionStore {
    let inner: any SessionStore

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { try await inner.read(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool { try await inner.write(record, for: key, if: condition, at: now) }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        try await inner.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try await inner.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        try await inner.purge(expiredBefore: time, limit: limit)
    }
}
