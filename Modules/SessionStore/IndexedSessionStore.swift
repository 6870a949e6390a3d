public import OAuthTypes

/// A store that also finds records by tag: for logout from the provider's side, "log out everywhere" and
/// lists of sessions.
///
/// Laws for all requirements:
/// - The index is a superset: a live record is never missing under one of its tags, after an update, a touch, a crash
///   either. An entry may outlive its record, so ``keys(matching:after:limit:at:)`` may name a key that
///   ``SessionStore/read(_:at:)`` does not find.
/// - A tag means nothing to the store, and is compared with all its 16 octets.
public protocol IndexedSessionStore: SessionStore {
    /// At most `limit` keys of records tagged `tag`, in ascending order of ``SessionKey``, beginning behind `after`.
    ///
    /// Calling again with the last key of each answer names every record that was live and tagged all the while, each
    /// once, and ends with an empty answer. A limit below one gives an empty answer.
    func keys(
        matching tag: IndexTag, after: SessionKey?, limit: Int, at now: UnixTime
    ) async throws -> [SessionKey]

    /// Removes at most `limit` live records that carry `tag`, and returns them.
    ///
    /// A record that does not carry the tag (any more) is left alone. Each removed record is returned to one caller.
    /// Call again until the answer is empty. A limit below one removes nothing.
    func removeAll(matching tag: IndexTag, limit: Int, at now: UnixTime) async throws -> [SessionRecord]
}
