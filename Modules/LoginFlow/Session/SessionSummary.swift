public import OAuthTypes
import SessionStore
import WireFormats

/// Names a session in lists and forms. It is not the cookie, gives no access to the session, and means nothing without
/// the store.
public struct SessionHandle: Hashable, Sendable, CustomStringConvertible {
    /// 43 letters of base64url.
    public var text: String { Base64URL.encode(key.digest) }
    let key: SessionKey

    init(_ key: SessionKey) { self.key = key }

    /// Creates a handle from a form's text; nil for anything but the text of a handle.
    public init?(_ text: String) {
        guard text.utf8.count == 43, let octets = Base64URL.decode(text),
            let key = SessionKey(kind: .session, digest: octets)
        else { return nil }
        self.key = key
    }

    /// The text.
    public var description: String { text }
}

/// A session as shown in a list. It contains no token and no cookie.
public struct SessionSummary: Sendable, Hashable {
    /// The handle of the session.
    public let handle: SessionHandle
    /// When the login was completed.
    public let startedAt: UnixTime
    /// When the session was last used, as far as recorded: up to a tenth of the idle lifetime too early, and up to all
    /// of it if the session ends before it could become idle.
    public let lastUsedAt: UnixTime
    /// The absolute end of the session.
    public let endsAt: UnixTime
    /// The `User-Agent` at login, at most 256 printable ASCII letters of it; nil if there was none. It is untrusted
    /// text: escape it.
    public let userAgent: String?

    init(
        _ key: SessionKey, record: SessionRecord, summary: OpenSession.Summary, idleLifetime: Int64,
        at now: UnixTime
    ) {
        handle = SessionHandle(key)
        startedAt = summary.startedAt
        // The lifetime may have been longer when the end was written.
        lastUsedAt = max(summary.startedAt, min(record.idleEnd.adding(seconds: -idleLifetime), now))
        endsAt = record.absoluteEnd
        userAgent = summary.userAgent
    }
}

extension BrowserRequest {
    /// What the browser calls itself, bounded and printable.
    var userAgent: String? {
        let text = fields.onlyValue(named: "User-Agent")?.printable(256) ?? ""
        return text.isEmpty ? nil : text
    }
}

extension String {
    /// The first printable ASCII letters of untrusted text, at most `limit`.
    func printable(_ limit: Int) -> String {
        String(decoding: utf8.lazy.filter { (0x20..<0x7F).contains($0) }.prefix(limit), as: UTF8.self)
    }
}
