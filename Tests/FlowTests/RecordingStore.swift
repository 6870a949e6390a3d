import Concurrency
import OAuthTypes
import SessionStore
import WireFormats

/// A memory store that knows every record it holds, so that a test can write down what a store would keep.
final class RecordingStore: SessionStore {
    private let inner = MemorySessionStore()
    private let kept = Lock<[SessionKey: SessionRecord]>([:])

    /// What is kept now, as kind, digest and encoded record.
    var records: [JSONValue] {
        kept.withLock { $0 }.sorted { $0.key < $1.key }.map { key, record in
            .object([
                "kind": .number(JSONNumber(Int(key.kind.rawValue))), "digest": .string(Base64URL.encode(key.digest)),
                "record": .string(Base64URL.encode(record.encoded())),
            ])
        }
    }

    /// A memory store with the records that ``records`` wrote down.
    static func store(_ records: [JSONValue], at now: UnixTime) async throws -> MemorySessionStore {
        struct UnreadableError: Error {}
        let store = MemorySessionStore()
        for object in records.map({ $0.objectValue ?? [:] }) {
            guard let kind = object["kind"]?.intValue.flatMap({ SessionKey.Kind(rawValue: UInt8(clamping: $0)) }),
                let digest = object["digest"]?.stringValue.flatMap({ Base64URL.decode($0) }),
                let key = SessionKey(kind: kind, digest: digest),
                let octets = object["record"]?.stringValue.flatMap({ Base64URL.decode($0) }),
                let record = SessionRecord.decode(octets).record,
                try await store.write(record, for: key, if: .absent, at: now)
            else { throw UnreadableError() }
        }
        return store
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? { await inner.read(key, at: now) }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        let isWritten = try await inner.write(record, for: key, if: condition, at: now)
        if isWritten { kept.withLock { $0[key] = record } }
        return isWritten
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        await inner.touch(key, until: idleEnd, at: now)
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        kept.withLock { $0[key] = nil }
        return await inner.remove(key, at: now)
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        await inner.purge(expiredBefore: time, limit: limit)
    }
}
