public import OAuthTypes
import SessionStore
import WireFormats

/// Names a session in lists and forms. It is neither the cookie nor a way to it, and means nothing without the store.
public struct SessionHandle: Hashable, Sendable, CustomStringConvertible {
    /// 43 letters of base64url.
    public var text: String { Base64URL.encode(key.digest) }
    let key: SessionKey

    init(_ key: SessionKey) { self.key = key }

    /// Reads what a form brought back; nil for anything but the text of a handle.
    public init?(_ text: String) {
        guard text.utf8.count == 43, let octets = Base64URL.decode(text),
            let key = SessionKey(kind: .session, digest: octets)
        else { return nil }
        self.key = key
    }

    /// The text.
    public var description: String { text }
}

/// A session as a list shows it. It holds no token and no cookie.
public struct SessionSummary: Sendable, Hashable {
    /// Names it.
    public let handle: SessionHandle
    /// When the login was completed.
    public let startedAt: UnixTime
    /// When it was used last, as far as it was written down: up to a tenth of the idle lifetime too early, and up to all
    /// of it where the session ends before it could go idle.
    public let lastUsedAt: UnixTime
    /// When it ends whatever happens.
    public let endsAt: UnixTime
    /// What the browser called itself at login, at most 256 printable ASCII letters of it; nil when it said nothing.
    /// It is foreign text: escape it.
    public let userAgent: String?

    init(
        _ key: SessionKey, _ record: SessionRecord, _ summary: SessionContent.Summary, idleLifetime: Int64,
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
    /// The first printable ASCII letters of foreign text, at most so many.
    func printable(_ limit: Int) -> String {
        String(decoding: utf8.lazy.filter { (0x20..<0x7F).contains($0) }.prefix(limit), as: UTF8.self)
    }
}
