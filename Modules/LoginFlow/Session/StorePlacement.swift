import APIClient
import CryptoPrimitives
import OAuthTypes
import SessionStore
import WireFormats

/// Sessions as records in a store; the browser holds an id.
struct StorePlacement: SessionPlacement {
    let store: any SessionStore
    let records: SessionRecords
    let cookies: FlowCookies
    let watchers: SessionWatchers
    let environment: LoginFlow.Environment

    var keepsPaths: Bool { true }

    private func id(in request: BrowserRequest) -> SessionID? {
        cookies.onlyValue(of: cookies.session, in: request).flatMap(SessionID.init(cookieValue:))
    }

    func find(in request: BrowserRequest, at now: UnixTime) async throws -> PlacedSession {
        guard let id = id(in: request), let record = try await store.read(id.key, at: now) else { return .none }
        return records.open(record, id: id).map(PlacedSession.open) ?? .unopened
    }

    func begin(
        _ content: SessionContent, life: SessionLife, replacing request: BrowserRequest, at now: UnixTime
    ) async throws -> SessionTicket {
        if let old = id(in: request) { _ = try await remove(old.key, as: .ended, at: now) }
        let open = OpenSession(id: SessionID(random: environment.random), life: life, content: content)
        try await create(open, at: now)
        return ticket(open)
    }

    func create(_ open: OpenSession, at now: UnixTime) async throws {
        let record = try records.record(open.content, id: open.id, life: open.life)
        guard try await store.writeRecognising(record, for: open.id.key, if: .absent, at: now) else {
            throw SessionIDTaken()
        }
    }

    func ticket(_ open: OpenSession) -> SessionTicket {
        SessionTicket(exposedText: open.id.exposedText, endsAt: open.life.absoluteEnd, isSealed: false)
    }

    func keepAlive(_ open: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> SessionTicket? {
        if try await !sealAnew(open, until: idleEnd, at: now) {
            _ = try await store.touch(open.id.key, until: idleEnd, at: now)
        }
        return nil
    }

    /// Replaces a record that an older key sealed; false if there is no need, or if another caller wrote meanwhile.
    private func sealAnew(_ open: OpenSession, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        guard let old = open.record, !records.sealer.isCurrent(old) else { return false }
        let life = SessionLife(idleEnd: idleEnd, absoluteEnd: open.life.absoluteEnd)
        let record = try records.record(open.content, id: open.id, life: life)
        return try await store.writeRecognising(record, for: open.id.key, if: .revision(old.revision), at: now)
    }

    // The removed record, not the one that was read: a refresh may have happened in between.
    func end(_ open: OpenSession, at now: UnixTime) async throws -> SessionContent? {
        try await remove(open.id.key, as: .ended, at: now).flatMap { records.open($0, id: open.id) }?.content
    }

    /// Removes a record, and tells the watches of the session. A missing record may be moving to another id: the caller
    /// that took it tells them.
    func remove(_ key: SessionKey, as event: SessionEvent, at now: UnixTime) async throws -> SessionRecord? {
        try await watchers.during(changeOf: key) {
            let removed = try await store.remove(key, at: now)
            return (removed, removed.map { _ in .over(event) })
        }
    }

    func tokenStore(of session: LoginSession, duties: SessionTokenStore.Duties) -> any TokenStore {
        SessionTokenStore(id: session.id, placement: self, duties: duties)
    }
}
