import OAuthTypes
import SessionStore

/// One law of durable stores.
struct DurabilityLawChecker: Sendable {
    let checker: LawChecker
    let reopen: @Sendable () async throws -> any SessionStore

    private var now: UnixTime { checker.now }

    func run(_ law: DurableStoreLaw) async throws {
        switch law {
        case .writesSurvive: try await writesSurvive()
        case .updatesSurvive: try await updatesSurvive()
        case .removalsSurvive: try await removalsSurvive()
        case .touchedRecordsSurvive: try await touchedRecordsSurvive()
        case .indexSurvives: try await indexSurvives()
        }
    }

    private func writesSurvive() async throws {
        for kind in SessionKey.Kind.allCases {
            let key = checker.freshKey(kind)
            let record = try await checker.create(checker.sample("\(kind)", tags: [try checker.freshTag()]), under: key)
            try checker.require(
                try await reopen().read(key, at: now), is: record, what: "the record after opening again")
        }
    }

    private func updatesSurvive() async throws {
        let key = checker.freshKey()
        let first = try await checker.create(checker.sample("first"), under: key)
        let second = checker.sample("second")
        _ = try await checker.store.write(second, for: key, if: .revision(first.revision), at: now)
        try checker.require(try await reopen().read(key, at: now), is: second, what: "the record after opening again")
    }

    private func removalsSurvive() async throws {
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample(tags: [try checker.freshTag()]), under: key)
        _ = try await checker.store.remove(key, at: now)
        let again = try await reopen()
        try checker.require(try await again.read(key, at: now), is: nil, what: "the record after opening again")
        let updated = try await again.write(checker.sample("late"), for: key, if: .revision(record.revision), at: now)
        try checker.require(!updated, "a late update is refused", found: "it was accepted")
    }

    // A touch may be lost, the record may not.
    private func touchedRecordsSurvive() async throws {
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample(), under: key)
        _ = try await checker.store.touch(key, until: checker.at(500), at: now)
        guard var found = try await reopen().read(key, at: now) else {
            throw SessionStoreLawError(law: checker.law, expectation: "the touched record is there", found: "nil")
        }
        let isOldOrNew = [record.idleEnd, checker.at(500)].contains(found.idleEnd)
        try checker.require(isOldOrNew, "the old idle end or the new one", found: "\(found.idleEnd)")
        found.idleEnd = record.idleEnd
        try checker.require(found, is: record, what: "the record but for its idle end")
    }

    private func indexSurvives() async throws {
        guard checker.store is any IndexedSessionStore else { return }
        let (old, new) = (try checker.freshTag(), try checker.freshTag())
        let keys = (0..<3).map { _ in checker.freshKey() }
        for key in keys { try await checker.create(checker.sample(tags: [old]), under: key) }
        let moved = checker.freshKey()
        let first = try await checker.create(checker.sample("first"), under: moved)
        let second = checker.sample("second", tags: [new])
        _ = try await checker.store.write(second, for: moved, if: .revision(first.revision), at: now)
        let again = try await reopen()
        try await checker.require(Set(keys), areFoundUnder: old, in: again)
        try await checker.require([moved], areFoundUnder: new, in: again)
    }
}

extension LawChecker {
    /// Requires that a store with an index finds all of `keys`; of a store without one it requires nothing.
    func require(
        _ keys: Set<SessionKey>, areFoundUnder tag: IndexTag, in store: any SessionStore
    ) async throws {
        guard let indexed = store as? any IndexedSessionStore else { return }
        let found = try await indexed.keys(matching: tag, after: nil, limit: 1_000, at: now)
        let missing = keys.subtracting(found)
        try require(missing.isEmpty, "every live record is found by its tag", found: "\(missing.count) are missing")
    }
}
