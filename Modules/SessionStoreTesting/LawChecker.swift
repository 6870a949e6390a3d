import OAuthTypes
import SessionStore

/// One law on one store: the store, sample values and the way to complain.
struct LawChecker: Sendable {
    let law: String
    let store: any SessionStore
    let kit: SessionStoreKit
    /// The time of the check, for the store; far from what the system's clock says.
    let now = UnixTime(seconds: 1_000_000)

    func at(_ offset: Int64) -> UnixTime { now.adding(seconds: offset) }

    func require(
        _ condition: Bool, _ expectation: @autoclosure () -> String, found: @autoclosure () -> String
    ) throws(SessionStoreLawError) {
        guard !condition else { return }
        throw SessionStoreLawError(law: law, expectation: expectation(), found: found())
    }

    func require(_ found: SessionRecord?, is expected: SessionRecord?, what: String) throws(SessionStoreLawError) {
        guard found != expected else { return }
        throw SessionStoreLawError(
            law: law, expectation: "\(what) is \(describe(expected))", found: describe(found, against: expected))
    }

    func freshKey(_ kind: SessionKey.Kind = .session) -> SessionKey {
        SessionKey(kind: kind, digestOf: RandomSource.system.bytes(count: 32))
    }

    /// A live record: idle after 100 seconds, over after 1,000.
    func sample(_ text: String = "payload", tags: [IndexTag] = []) -> SessionRecord {
        SessionRecord(
            revision: Revision(), idleEnd: at(100), absoluteEnd: at(1_000),
            summary: SealedPayload(octets: Array("summary of \(text)".utf8)),
            secrets: SealedPayload(octets: Array(text.utf8)), tags: tags)
    }

    func freshTag() throws(SessionStoreLawError) -> IndexTag { try tag(RandomSource.system.bytes(count: 16)) }

    func tag(_ octets: [UInt8]) throws(SessionStoreLawError) -> IndexTag {
        guard let tag = IndexTag(octets: octets) else {
            throw SessionStoreLawError(law: law, expectation: "a tag has 16 octets", found: "\(octets.count)")
        }
        return tag
    }

    @discardableResult
    func create(_ record: SessionRecord, under key: SessionKey, at time: UnixTime? = nil) async throws -> SessionRecord
    {
        let accepted = try await store.write(record, for: key, if: .absent, at: time ?? now)
        try require(accepted, "the first creation of a key is accepted", found: "it was refused")
        return record
    }

    /// Runs `body` in as many tasks as the kit wants, and gives the answers.
    func together<Answer: Sendable>(
        _ body: @escaping @Sendable (Int) async throws -> Answer
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for task in 0..<kit.tasks { group.addTask { try await body(task) } }
            var answers: [Answer] = []
            for try await answer in group { answers.append(answer) }
            return answers
        }
    }

    /// The number that ``increment(_:in:)`` counts up, in a record that began as the text `0`.
    func counter(_ record: SessionRecord?) -> Int? {
        record.flatMap { Int(String(decoding: $0.secrets.octets, as: UTF8.self)) }
    }

    /// The record that counts one more than `record`.
    func incremented(_ record: SessionRecord) -> SessionRecord {
        var next = record
        next.revision = Revision()
        next.secrets = SealedPayload(octets: Array("\((counter(record) ?? 0) + 1)".utf8))
        return next
    }

    /// Reads, changes and writes back with the revision that was read, until it is accepted.
    func increment(_ key: SessionKey, in store: any SessionStore) async throws {
        // Whenever one is refused another one was accepted: no task tries more often than there are updates.
        for _ in 0...kit.tasks * kit.rounds {
            guard let seen = try await store.read(key, at: now) else {
                throw SessionStoreLawError(law: law, expectation: "the record stays", found: "it read as nil")
            }
            // Lets the others come in between.
            await Task.yield()
            if try await store.write(incremented(seen), for: key, if: .revision(seen.revision), at: now) { return }
        }
        throw SessionStoreLawError(law: law, expectation: "one of the updates is accepted each time", found: "none was")
    }
}

private func describe(_ record: SessionRecord?) -> String {
    guard let record else { return "nil" }
    return "a record with idle end \(record.idleEnd), absolute end \(record.absoluteEnd), "
        + "\(record.summary.octets.count) and \(record.secrets.octets.count) octets, \(record.tags.count) tags"
}

private func describe(_ found: SessionRecord?, against expected: SessionRecord?) -> String {
    guard let found, let expected else { return describe(found) }
    let differences = [
        found.revision == expected.revision ? nil : "another revision",
        found.idleEnd == expected.idleEnd ? nil : "idle end \(found.idleEnd)",
        found.absoluteEnd == expected.absoluteEnd ? nil : "absolute end \(found.absoluteEnd)",
        found.summary == expected.summary ? nil : "another summary",
        found.secrets == expected.secrets ? nil : "other secrets",
        found.tags == expected.tags ? nil : "other tags",
    ]
    return "one with " + differences.compactMap { $0 }.joined(separator: ", ")
}
