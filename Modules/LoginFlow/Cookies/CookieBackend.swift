import APIClient
import OAuthTypes
import SessionStore
import WireFormats

extension SealingPurpose {
    /// A session in the browser's cookie.
    static let cookieSession = SealingPurpose("cookie session")
}

/// Sessions as sealed cookies; the server keeps nothing.
struct CookieBackend: Sendable {
    let options: CookieSessions
    let cookies: FlowCookies
    let sealer: Sealer
    /// Whether sessions of this issuer are the app's.
    let acceptsIssuer: @Sendable (String) -> Bool

    // Two requests of one login still send one code: its lease is kept here. The answers for duplicates are whole
    // sessions, so they are given more room than usual.
    static func leaseStore() -> MemorySessionStore {
        MemorySessionStore(limits: [.codeLease: .init(count: 100_000, octets: 256 << 20, overflow: .refuse)])
    }

    // How far ahead the clock of the process that began a session may be. One that was further ahead gave it ends that
    // no setting allows, and no epoch would reach it.
    private static let clockSkew: Int64 = 60

    private var context: [UInt8] { Array(cookies.session.utf8) }

    // Authenticated first, parsed then (CVE-2025-48951).
    func find(in request: BrowserRequest, at now: UnixTime) throws(UnopenedSessionError) -> OpenSession? {
        let value = CookieChunks.join { index in
            cookies.onlyValue(of: CookieChunks.name(cookies.session, at: index), in: request)
        }
        guard let sealed = value.flatMap({ Base64URL.decode($0) }) else { return nil }
        guard let octets = sealer.open(sealed, context: context) else { throw UnopenedSessionError() }
        guard let session = OpenSession(cookie: octets, acceptingIssuer: acceptsIssuer), now < session.life.end,
            isAcceptable(session.summary.startedAt, at: now)
        else { return nil }
        return session
    }

    private func isAcceptable(_ startedAt: UnixTime, at now: UnixTime) -> Bool {
        startedAt >= options.epoch.time && startedAt <= now.adding(seconds: CookieBackend.clockSkew)
    }

    func keepAlive(_ session: OpenSession, until idleEnd: UnixTime) throws -> SessionTicket {
        var session = session
        session.life.idleEnd = idleEnd
        return try ticket(for: session)
    }

    func ticket(for session: OpenSession) throws -> SessionTicket {
        let value = Base64URL.encode(try sealer.seal(JSONWriter.bytes(session.cookieObject), context: context))
        let allowed = options.maximumCookies * CookieChunks.capacity(name: cookies.session)
        guard value.utf8.count <= allowed else {
            throw SessionTooLargeError(needed: value.utf8.count, allowed: allowed, largest: session.largestPart)
        }
        return SessionTicket(exposedText: value, endsAt: session.life.absoluteEnd, isSealed: true)
    }
}

/// A session that does not fit into its cookies. It names parts and sizes, never their content.
struct SessionTooLargeError: Error, CustomStringConvertible {
    let needed: Int
    let allowed: Int
    let largest: (name: String, octets: Int)

    var description: String {
        "the sealed session takes \(needed) octets and may take \(allowed); the largest part is \(largest.name), "
            + "\(largest.octets) octets. Ask for less, allow more cookies, or keep sessions in a store"
    }
}
