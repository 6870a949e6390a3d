import OAuthTypes
import SessionStore

extension SessionStore {
    /// A write that recognizes its own result: after a throw, whose outcome is unknown, the record is read again, and
    /// the revision, which never repeats, shows whether the write happened.
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
