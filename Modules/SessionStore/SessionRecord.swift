public import OAuthTypes

/// What a store keeps under a key: sealed octets, when they expire, and tags by which they are found.
public struct SessionRecord: Hashable, Sendable {
    /// The most tags a record may carry.
    public static let maximumTagCount = 8

    /// The most octets that both payloads may have together.
    public static let maximumPayloadCount = 1 << 20

    /// What a store refuses to keep.
    public enum Oversized: Error, Hashable, Sendable {
        /// This many tags, more than ``SessionRecord/maximumTagCount``.
        case tags(Int)
        /// This many octets of payload, more than ``SessionRecord/maximumPayloadCount``.
        case payload(Int)
    }

    /// The state this is; every write takes a new one.
    public var revision: Revision
    /// When it ends unless it is touched; from this moment on it is gone.
    public var idleEnd: UnixTime
    /// When it ends in any case; from this moment on it is gone.
    public var absoluteEnd: UnixTime
    /// What the server reads without the browser: who, since when, on which device.
    public var summary: SealedPayload
    /// Tokens and claims.
    public var secrets: SealedPayload
    /// By what it is found. At most ``maximumTagCount``; a store refuses more.
    public var tags: [IndexTag]

    /// Describes a record; ``checkSize()`` tells whether a store takes it.
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

    /// The first moment at which it is gone: the earlier one of both ends.
    public var end: UnixTime { min(idleEnd, absoluteEnd) }

    /// Whether it is there at `now`.
    public func isLive(at now: UnixTime) -> Bool { now < end }

    /// The record as ``SessionStore/touch(_:until:at:)`` leaves it: extended only, and not beyond `absoluteEnd`.
    public func touched(until idleEnd: UnixTime) -> SessionRecord {
        var extended = self
        extended.idleEnd = max(self.idleEnd, min(idleEnd, absoluteEnd))
        return extended
    }

    /// Checks what every store has to check before it keeps the record.
    /// - Throws: ``Oversized`` with the number that is too high.
    public func checkSize() throws(Oversized) {
        guard tags.count <= Self.maximumTagCount else { throw .tags(tags.count) }
        let count = summary.octets.count + secrets.octets.count
        guard count <= Self.maximumPayloadCount else { throw .payload(count) }
    }
}
