import OAuthTypes
import WireFormats

/// Names and attributes of the flow's cookies.
///
/// `__Host-` binds a cookie to this origin (RFC 6265bis §4.1.3.2). On loopback over `http`, and only there, browsers
/// differ about it, so prefix and `Secure` are left out; names then contain the port, because cookies are shared by all
/// ports of a host. Several flows on one origin have a name as prefix.
struct FlowCookies: Sendable {
    let session: String
    let logout: String
    /// Counts logins after which no session was seen.
    let redirectLoop: String
    /// Is there while no login without asking is tried.
    let silent: String
    private let pendingPrefix: String
    private let isSecure: Bool

    static let pendingLimit = 10
    static let pendingOctets = 4096

    init(_ settings: LoginSettings) {
        let origin = settings.baseURL.origin
        isSecure = origin.scheme == "https"
        let prefix = (isSecure ? "__Host-" : "") + (settings.name.map { $0 + "-" } ?? "")
        let suffix = isSecure ? "" : "-\(origin.port)"
        session = prefix + "session" + suffix
        logout = prefix + "logout" + suffix
        redirectLoop = prefix + "circles" + suffix
        silent = prefix + "silent" + suffix
        pendingPrefix = prefix + "login" + suffix + "."
    }

    /// The value of the only cookie of that name; a name that occurs twice counts as absent.
    func onlyValue(of name: String, in request: BrowserRequest) -> String? {
        let found = pairs(in: request).filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    func isPresent(_ name: String, in request: BrowserRequest) -> Bool {
        pairs(in: request).contains { $0.name == name }
    }

    func field(_ name: String, value: String, maxAge: Int64) -> HeaderField? {
        let cookie = try? SetCookie(name: name, value: value, maxAge: Int(clamping: maxAge), secure: isSecure)
        return cookie.flatMap { HeaderField("Set-Cookie", $0.text) }
    }

    func expired(_ name: String) -> HeaderField? { field(name, value: "", maxAge: 0) }

    /// The names of all cookies with that name or with that name as prefix in this request.
    fileprivate func names(of name: String, in request: BrowserRequest) -> Set<String> {
        let parts = (1..<10).map { CookieChunks.name(name, at: $0) }
        return Set(pairs(in: request).map(\.name)).intersection([name] + parts)
    }

    private func pairs(in request: BrowserRequest) -> [CookiePair] {
        CookieHeader.parse(request.fields.values(named: "Cookie"))
    }
}

extension FlowCookies {
    /// Sets the cookies of a session and removes parts of an older one that the new one does not use.
    func sessionFields(_ ticket: SessionTicket, at now: UnixTime, replacing request: BrowserRequest? = nil)
        -> [HeaderField]
    {
        let maxAge = max(ticket.endsAt.seconds(since: now), 0)
        let parts = ticket.isSealed ? CookieChunks.split(ticket.exposedText, name: session) : [ticket.exposedText]
        let stale = request.map { names(of: session, in: $0) } ?? []
        let written = parts.indices.map { CookieChunks.name(session, at: $0) }
        return zip(written, parts).compactMap { field($0, value: $1, maxAge: maxAge) }
            + stale.subtracting(written).sorted().compactMap(expired)
    }

    /// Removes all session cookies that the request contains. A request without them may be forged: browsers leave
    /// `SameSite=Lax` cookies out of a cross-site POST and would still accept the cookies of the response.
    func sessionEnd(_ request: BrowserRequest) -> [HeaderField] {
        names(of: session, in: request).sorted().compactMap(expired)
    }

    /// Removes a cookie that the request contains.
    func end(of name: String, in request: BrowserRequest) -> [HeaderField] {
        isPresent(name, in: request) ? [expired(name)].compactMap(\.self) : []
    }

    func hasSession(_ request: BrowserRequest) -> Bool { !names(of: session, in: request).isEmpty }
}

extension FlowCookies {
    /// `login.<time>.<tag>`: the time shows which is oldest, the tag finds the one that a callback belongs to.
    func pendingName(tag: String, createdAt: UnixTime) -> String {
        pendingPrefix + String(max(createdAt.seconds, 0), radix: 36) + "." + tag
    }

    /// Whether the browser has a login in progress, or one that ended lately.
    func hasPending(_ request: BrowserRequest) -> Bool { !pendingPairs(in: request).isEmpty }

    /// The name and value of the only pending login with that tag.
    func pending(tag: String, in request: BrowserRequest) -> (name: String, value: String)? {
        let found = pendingPairs(in: request).filter { $0.name.hasSuffix("." + tag) }
        return found.count == 1 ? (found[0].name, found[0].value) : nil
    }

    /// Removes logins that have ended, and then the oldest pending ones, so that `new` fits under the limits of count and
    /// octets. Only as many as fit into the response; the others are removed with the next login.
    func evictions(for new: HeaderField, in request: BrowserRequest, room: Int) -> [HeaderField] {
        let oldestFirst = pendingPairs(in: request).sorted { rank(of: $0) < rank(of: $1) }
        var octets = oldestFirst.reduce(new.value.utf8.prefix { $0 != UInt8(ascii: ";") }.count) { $0 + $1.octets }
        var count = oldestFirst.count + 1
        var evicted: [HeaderField] = []
        for pair in oldestFirst where count > FlowCookies.pendingLimit || octets > FlowCookies.pendingOctets {
            count -= 1
            octets -= pair.octets
            if let field = expired(pair.name) { evicted.append(field) }
        }
        var room = room
        return evicted.filter { field in
            room -= field.headOctets
            return room >= 0
        }
    }

    private func pendingPairs(in request: BrowserRequest) -> [CookiePair] {
        pairs(in: request).filter { $0.name.hasPrefix(pendingPrefix) }
    }

    private func rank(of pair: CookiePair) -> (Int, Int64) {
        let time = pair.name.dropFirst(pendingPrefix.count).prefix { $0 != "." }
        return (EndedLogin.isOne(pair.value) ? 0 : 1, Int64(time, radix: 36) ?? 0)
    }
}

extension CookiePair {
    fileprivate var octets: Int { name.utf8.count + 1 + value.utf8.count }
}
