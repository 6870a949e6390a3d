import APIClient
import OAuthTypes
import SessionStore
import WireFormats

/// Sessions as records in a store; the browser holds an id.
struct StoreBackend: Sendable {
    let store: any SessionStore
    let ring: SealingKeyRing
    let sealer: RecordSealer
    /// Whether refresh tokens are kept so that the server can open them without the browser.
    let keepsRefreshTokensReadable: Bool
    let cookies: FlowCookies
    let subscriptions = SessionSubscriptions()
    let environment: LoginFlow.Environment

    init(
        store: some SessionStore, ring: SealingKeyRing, keepsRefreshTokensReadable: Bool, cookies: FlowCookies,
        environment: LoginFlow.Environment
    ) {
        self.store = store
        self.ring = ring
        self.keepsRefreshTokensReadable = keepsRefreshTokensReadable
        self.cookies = cookies
        self.environment = environment
        sealer = RecordSealer(ring: ring, random: environment.random)
    }

    private func id(in request: BrowserRequest) -> SessionID? {
        cookies.onlyValue(of: cookies.session, in: request).flatMap(SessionID.init(cookieValue:))
    }

    func find(in request: BrowserRequest, at now: UnixTime) async throws -> OpenSession? {
        guard let id = id(in: request), let record = try await store.read(id.key, at: now) else { return nil }
        guard let session = open(record, id: id) else { throw UnopenedSessionError() }
        return session
    }

    func begin(
        _ session: OpenSession, replacing request: BrowserRequest, at now: UnixTime
    ) async throws -> SessionTicket {
        if let old = id(in: request) { _ = try await remove(old.key, as: .ended, at: now) }
        try await create(session, at: now)
        return ticket(for: session)
    }

    func create(_ session: OpenSession, at now: UnixTime) async throws {
        let record = try record(of: session)
        guard try await store.writeRecognising(record, for: session.id.key, if: .absent, at: now) else {
            throw SessionIDCollisionError()
        }
    }

    func ticket(for session: OpenSession) -> SessionTicket {
        SessionTicket(exposedText: session.id.exposedText, endsAt: session.life.absoluteEnd, isSealed: false)
    }

    func keepAlive(_ session: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws {
        guard try await !sealAnew(session, until: idleEnd, at: now) else { return }
        _ = try await store.touch(session.id.key, until: idleEnd, at: now)
    }

    /// Replaces a record that an older key sealed by one of the newest; false when there is no need, or when another
    /// request wrote meanwhile.
    private func sealAnew(_ session: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        guard let old = session.record, !sealer.isCurrent(old) else { return false }
        var session = session
        session.life.idleEnd = idleEnd
        return try await store.writeRecognising(
            try record(of: session), for: session.id.key, if: .revision(old.revision), at: now)
    }

    // The record that was removed, not the one that was read: a refresh may have come between.
    func end(_ session: OpenSession, at now: UnixTime) async throws -> OpenSession? {
        try await remove(session.id.key, as: .ended, at: now).flatMap { open($0, id: session.id) }
    }

    /// Removes a record, and tells the subscribers of the session. A record that is missing may be on its way to another
    /// id: the rotation tells them then.
    func remove(_ key: SessionKey, as event: SessionEvent, at now: UnixTime) async throws -> SessionRecord? {
        try await subscriptions.during(changeOf: key) {
            let removed = try await store.remove(key, at: now)
            return (removed, removed.map { _ in .over(event) })
        }
    }
}
