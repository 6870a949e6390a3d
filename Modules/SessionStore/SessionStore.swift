public import OAuthTypes

/// Keeps session records: the plug-in point for databases, caches and files.
///
/// A store sees opaque octets and absolute times, never a cookie, token or name. Each requirement states its rules; the
/// law checker `SessionStoreTesting` tests them on any store.
///
/// Rules for all requirements:
/// - Only `now` decides whether a record has expired. A record is gone from the first moment at which it has reached
///   its ``SessionRecord/idleEnd`` or its ``SessionRecord/absoluteEnd``, whether or not its octets were removed.
/// - Every requirement may be called from any number of tasks at once, and each call takes effect at one moment between
///   its start and its end, also for other processes that share the store.
/// - Keys are compared by kind and all 32 octets of the digest.
/// - A throw means that the outcome is unknown, never that a record does not exist. A store never retries a call: the
///   caller reads again and recognizes its own write by the revision.
/// - The call of a cancelled task has happened or has not; it leaves nothing half done.
/// - Limits are per kind: however many records of one kind are written, no record of another kind is evicted.
public protocol SessionStore: Sendable {
    /// Returns the record for `key`; nil if there is none that is live at `now`.
    ///
    /// A record that cannot be read (damaged, another release's format) does not count as a record.
    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord?

    /// Writes `record` if `condition` holds at `now`, and returns whether it did. There is no unconditional write.
    ///
    /// - ``WriteCondition/absent`` holds if there is no live record: of any number of creations of one key, one wins.
    /// - ``WriteCondition/revision(_:)`` holds if there is a live record with this revision: an update never loses
    ///   another one and never creates, so a removed session stays removed.
    ///
    /// A refused write changes nothing. An accepted one replaces the whole record, including tags, and is durable on
    /// return if the store is.
    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool

    /// Moves the live record's idle end to `idleEnd`, and returns whether there was a live record.
    ///
    /// It only extends: an earlier time changes nothing, and `absoluteEnd` is the limit. It keeps revision, payloads
    /// and tags, and never creates. It may be lost in a crash, and the record is then as before.
    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool

    /// Removes the record for `key` and returns it; nil if none was live at `now`.
    ///
    /// Of any number of removals, one gets the record. Durable on return if the store is.
    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord?

    /// Removes at most `limit` records that are not live at `time` and returns how many; zero when none is left, or for
    /// a limit below one. A live record is never changed.
    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int
}
