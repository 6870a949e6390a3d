public import OAuthTypes

/// Keeps session records: the plug-in point for databases, caches and files.
///
/// A store sees opaque octets and absolute times, never a cookie, token or name. Each requirement states its laws; the
/// kit in `SessionStoreTesting` checks one law at a time on any store.
///
/// Laws for all requirements:
/// - `now` alone decides whether a record has expired. A record is gone from the first moment at which it has
///   reached its ``SessionRecord/idleEnd`` or its ``SessionRecord/absoluteEnd``; whether its octets were collected
///   is not to be seen.
/// - Every requirement may be called from any number of tasks at once, and each call takes effect at one moment between
///   its beginning and its end, also for other processes that share the store.
/// - Keys are told apart by kind and all 32 octets of the digest.
/// - A throw means that the outcome is unknown, never that a record does not exist. A store never repeats a call by
///   itself: the caller reads again and recognises its own write by the revision.
/// - A cancelled task's call has happened or has not; it leaves no halves.
/// - Bounds are per kind: however many records of one kind are written, no record of another kind gives way.
public protocol SessionStore: Sendable {
    /// The record for `key`, or nil when there is none that is live at `now`.
    ///
    /// A record that cannot be understood (damaged, another release's format) is no record.
    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord?

    /// Keeps `record` if `condition` holds at `now`, and tells whether it did. There is no blind write.
    ///
    /// - ``WriteCondition/absent`` holds when no live record is there: of any number of creations of one key, one wins.
    /// - ``WriteCondition/revision(_:)`` holds when a live record with this revision is there: an update never loses
    ///   another one and never creates, so a removed session stays removed.
    ///
    /// A refused write changes nothing. An accepted one replaces the whole record, tags too, and is durable on return
    /// if the store is.
    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool

    /// Moves the live record's idle end to `idleEnd`, and tells whether a live record was there.
    ///
    /// It only extends: an earlier time changes nothing, and `absoluteEnd` is the ceiling. It keeps revision, payloads
    /// and tags, and never creates. It may be lost in a crash, with the record as it was before.
    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool

    /// Removes the record for `key` and returns what was removed, or nil when none was live at `now`.
    ///
    /// Of any number of removals, one gets the record. Durable on return if the store is.
    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord?

    /// Collects at most `limit` records that are not live at `time` and returns how many; zero when none is left, or
    /// for a limit below one. A live record is never touched.
    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int
}
