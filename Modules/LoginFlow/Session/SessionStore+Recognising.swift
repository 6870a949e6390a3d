import OAuthTypes
import SessionStore

extension SessionStore {
    /// A write that knows its own work: after a throw, whose outcome is unknown by law, the record is read again, and
    /// the revision, which never repeats, tells whether the write happened.
    func writeRecognising(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        do {
            return try await write(record, for: key, if: condition, at: now)
        } catch {
            guard let found = try? await read(key, at: now), found.revision == record.revision else { throw error }
            return true
        }
    }
}
