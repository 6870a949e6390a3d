public import OAuthTypes

/// A record of a store: sealed octets, when they expire, and the tags to find them by.
public struct SessionRecord: Hashable, Sendable {
    /// The maximum number of tags of a record.
    public static let maximumTagCount = 8

    /// The maximum octets of both payloads together.
    public static let maximumPayloadCount = 1 << 20

    /// What a store refuses to keep.
    public enum Oversized: Hashable, Sendable {
        /// This many tags, more than ``SessionRecord/maximumTagCount``.
        case tags(Int)
        /// This many octets of payload, more than ``SessionRecord/maximumPayloadCount``.
        case payload(Int)
    }

    /// The current state; every write uses a new one.
    public var revision: Revision
    /// When it ends unless it is touched; from this time on it is gone.
    public var idleEnd: UnixTime
    /// When it ends in any case; from this time on it is gone.
    public var absoluteEnd: UnixTime
    /// What the server can read without the browser: which user, since when, on which device.
    public var summary: SealedPayload
    /// Tokens and claims.
    public var secrets: SealedPayload
    /// The tags to find it by. At most ``maximumTagCount``; a store refuses more.
    public var tags: [IndexTag]

    /// Creates a record; ``checkSize()`` tells whether a store accepts it.
    public init(
        revision: Revision, idleEnd: UnixTime, absoluteEnd: UnixTime, summary: SealedPayload, secrets: SealedPayload,
        tags: [IndexTag] = []
    ) {
        self.revision = revision
        self.idleEnd = idleEnd
        self.absoluteEnd = absoluteEnd
        self.summary = summary
        self.secrets = secrets
        self.tags = tags
    }

    /// The first time at which it is gone: the earlier of both ends.
    public var end: UnixTime { min(idleEnd, absoluteEnd) }

    /// Whether it is live at `now`.
    public func isLive(at now: UnixTime) -> Bool { now < end }

    /// The record as ``SessionStore/touch(_:until:at:)`` leaves it: extended only, and not beyond `absoluteEnd`.
    public func touched(until idleEnd: UnixTime) -> SessionRecord {
        var extended = self
        extended.idleEnd = max(self.idleEnd, min(idleEnd, absoluteEnd))
        return extended
    }

    /// Checks what every store has to check before it keeps the record.
    /// - Throws: ``SessionStoreError/oversized(_:)`` with the number that is too high.
    public func checkSize() throws(SessionStoreError) {
        guard tags.count <= Self.maximumTagCount else { throw .oversized(.tags(tags.count)) }
        let count = summary.octets.count + secrets.octets.count
        guard count <= Self.maximumPayloadCount else { throw .oversized(.payload(count)) }
    }
}
