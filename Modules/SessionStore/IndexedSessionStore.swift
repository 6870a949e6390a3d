public import OAuthTypes

/// A store that also finds records by tag: for logout started by the provider, "log out everywhere" and lists of
/// sessions.
///
/// Rules for all requirements:
/// - The index is a superset: a live record is never missing under one of its tags, not even after an update, a touch
///   or a crash. An entry may outlive its record, so ``keys(matching:after:limit:at:)`` may return a key that
///   ``SessionStore/read(_:at:)`` does not find.
/// - A tag has no meaning for the store, and is compared with all its 16 octets.
public protocol IndexedSessionStore: SessionStore {
    /// Returns at most `limit` keys of records tagged `tag`, in ascending order of ``SessionKey``, starting after
    /// `after`.
    ///
    /// Calling again with the last key of each result returns every record that was live and tagged all the time, each
    /// once, and ends with an empty result. A limit below one gives an empty result.
    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey]

    /// Removes at most `limit` live records that carry `tag`, and returns them.
    ///
    /// A record that does not (or no longer) carry the tag is not removed. Each removed record is returned to one
    /// caller. Call again until the result is empty. A limit below one removes nothing.
    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord]
}
