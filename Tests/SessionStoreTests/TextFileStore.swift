import Glibc
import OAuthTypes
import SessionStore

/// A store of one text file that every change writes anew, with or without a lock: what the kit's laws about calls at the
/// same time have to tell apart.
final class TextFileStore: SessionStore {
    /// How a change takes the file's place.
    enum Replacement: CaseIterable, Sendable { case overwritten, renamed }

    private let path: String
    private let replacement: Replacement
    private let isLocking: Bool

    init(folder: String, replacement: Replacement, isLocking: Bool) {
        path = folder + "/sessions.txt"
        self.replacement = replacement
        self.isLocking = isLocking
    }

    func read(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try onFile { try lines()[key].flatMap { $0.isLive(at: now) ? $0 : nil } }
    }

    func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) async throws -> Bool {
        try change(key, at: now) { found in
            guard condition == found.map({ .revision($0.revision) }) ?? .absent else { return false }
            found = record
            return true
        }
    }

    func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) async throws -> Bool {
        try change(key, at: now) { found in
            found = found?.touched(until: idleEnd)
            return found != nil
        }
    }

    func remove(_ key: SessionKey, at now: UnixTime) async throws -> SessionRecord? {
        try change(key, at: now) { found in
            defer { found = nil }
            return found
        }
    }

    func purge(expiredBefore time: UnixTime, limit: Int) async throws -> Int {
        try onFile {
            var records = try lines()
            let expired = records.filter { !$0.value.isLive(at: time) }.keys.prefix(max(limit, 0))
            for key in expired { records[key] = nil }
            try save(records)
            return expired.count
        }
    }
}

extension TextFileStore {
    private func change<Answer>(
        _ key: SessionKey, at now: UnixTime, perform body: (inout SessionRecord?) -> Answer
    ) throws -> Answer {
        try onFile {
            var records = try lines()
            var found = records[key].flatMap { $0.isLive(at: now) ? $0 : nil }
            let before = found
            let answer = body(&found)
            if found != before {
                records[key] = found
                try save(records)
            }
            return answer
        }
    }

    /// Runs `body` under the file's lock, if this store has one.
    private func onFile<Answer>(_ body: () throws -> Answer) throws -> Answer {
        guard isLocking else { return try body() }
        let lock = unsafe open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
        return try body()
    }

    /// A record a line: kind, digest and octets in hexadecimal.
    private func lines() throws -> [SessionKey: SessionRecord] {
        guard unsafe access(path, F_OK) == 0 else { return [:] }
        return try readFile(path).split(separator: UInt8(ascii: "\n")).reduce(into: [:]) { records, line in
            let octets = octets(ofHex: line)
            guard octets.count > 33, let kind = SessionKey.Kind(rawValue: octets[0]),
                let key = SessionKey(kind: kind, digest: Array(octets[1..<33]))
            else { return }
            records[key] = SessionRecord.decode(octets.dropFirst(33)).record
        }
    }

    private func save(_ records: [SessionKey: SessionRecord]) throws {
        let text = records.flatMap { key, record in
            hexadecimal([key.kind.rawValue] + key.digest + record.encoded()) + [UInt8(ascii: "\n")]
        }
        guard replacement == .renamed else { return try writeFile(path, text) }
        let fresh = path + "-\(UInt64.random(in: .min ... .max))"
        try writeFile(fresh, text)
        guard unsafe rename(fresh, path) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
    }
}

private let digits = Array("0123456789abcdef".utf8)

private func hexadecimal(_ octets: [UInt8]) -> [UInt8] {
    octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}

private func octets(ofHex text: some Collection<UInt8>) -> [UInt8] {
    let values = text.map { $0 < UInt8(ascii: "a") ? $0 &- UInt8(ascii: "0") : $0 &- UInt8(ascii: "a") &+ 10 }
    return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | (values[$0 + 1] & 15) }
}
