import APIClient
import OAuthTypes
import SessionStore
import WireFormats

extension SealingPurpose {
    /// A session in the browser's cookie.
    static let cookieSession = SealingPurpose("cookie session")
}

/// Sessions as sealed cookies; the server keeps nothing.
struct CookiePlacement: SessionPlacement {
    let options: CookieSessions
    let cookies: FlowCookies
    let sealer: Sealer
    let issuer: Issuer
    let random: RandomSource

    // Two requests of one login still send one code: its lease is kept here. The answers for duplicates are whole
    // sessions, so they are given more room than usual.
    static var leases: MemorySessionStore {
        MemorySessionStore(limits: [.codeLease: .init(count: 100_000, octets: 256 << 20, overflow: .refuse)])
    }

    // How far ahead the clock of the process that began a session may be. One that was further ahead gave it ends that
    // no setting allows, and no epoch would reach it.
    private static let clockSkew: Int64 = 60

    var keepsPaths: Bool { false }

    private var context: [UInt8] { Array(cookies.session.utf8) }

    // Authenticated first, then parsed (CVE-2025-48951).
    func find(in request: BrowserRequest, at now: UnixTime) -> PlacedSession {
        let value = CookieChunks.join { index in
            cookies.onlyValue(of: CookieChunks.name(cookies.session, at: index), in: request)
        }
        guard let sealed = value.flatMap({ Base64URL.decode($0) }) else { return .none }
        guard let octets = sealer.open(sealed, context: context) else { return .unopened }
        guard let open = CookieContent.decode(octets, issuer: issuer), now < open.life.end,
            isAcceptable(open.content.summary.startedAt, at: now)
        else { return .none }
        return .open(open)
    }

    private func isAcceptable(_ startedAt: UnixTime, at now: UnixTime) -> Bool {
        startedAt >= options.epoch.time && startedAt <= now.adding(seconds: CookiePlacement.clockSkew)
    }

    // There is nothing to remove: the new cookie replaces the old one.
    func begin(
        _ content: SessionContent, life: SessionLife, replacing request: BrowserRequest, at now: UnixTime
    ) throws -> SessionTicket {
        try ticket(OpenSession(id: SessionID(random: random), life: life, content: content))
    }

    func keepAlive(_ open: OpenSession, until idleEnd: UnixTime, at now: UnixTime) throws -> SessionTicket? {
        var open = open
        open.life.idleEnd = idleEnd
        return try ticket(open)
    }

    func end(_ open: OpenSession, at now: UnixTime) -> SessionContent? { nil }

    func tokenStore(of session: LoginSession, duties: SessionTokenStore.Duties) -> any TokenStore {
        MemoryTokenStore(session.tokens)
    }

    private func ticket(_ open: OpenSession) throws -> SessionTicket {
        let content = CookieContent(open)
        let value = Base64URL.encode(try sealer.seal(JSONWriter.bytes(content.object), context: context))
        let allowed = options.maximumCookies * CookieChunks.capacity(name: cookies.session)
        guard value.utf8.count <= allowed else {
            throw SessionTooLargeError(needed: value.utf8.count, allowed: allowed, largest: content.largestPart)
        }
        return SessionTicket(exposedText: value, endsAt: open.life.absoluteEnd, isSealed: true)
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
