import OAuthTypes

extension SessionRecord {
    /// What octets from a store are.
    public enum Decoded: Sendable {
        /// A record.
        case record(SessionRecord)
        /// A record that a newer release wrote, in this version.
        case newer(version: UInt8)
        /// Not a record.
        case unreadable

        /// The record, if it is one.
        public var record: SessionRecord? {
            guard case .record(let record) = self else { return nil }
            return record
        }

        /// The record if it is live at `now`. Calls `notice` for one that cannot be read.
        func live(
            at now: UnixTime, under key: SessionKey, notice: (SessionStoreEvent) -> Void
        ) -> SessionRecord? {
            switch self {
            case .record(let record): return record.isLive(at: now) ? record : nil
            case .newer(let version): notice(.newerRecord(key, version: version))
            case .unreadable: notice(.unreadableRecord(key))
            }
            return nil
        }
    }
}
