import OAuthTypes
import SessionStore

/// One law of durable stores.
struct DurabilityTrial: Sendable {
    let trial: LawChecker
    let reopen: @Sendable () async throws -> any SessionStore

    private var now: UnixTime { trial.now }

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
            let key = trial.freshKey(kind)
            let record = try await trial.create(trial.sample("\(kind)", tags: [try trial.freshTag()]), key)
            try trial.require(try await reopen().read(key, at: now), is: record, "the record after opening again")
        }
    }

    private func updatesSurvive() async throws {
        let key = trial.freshKey()
        let first = try await trial.create(trial.sample("first"), key)
        let second = trial.sample("second")
        _ = try await trial.store.write(second, for: key, if: .revision(first.revision), at: now)
        try trial.require(try await reopen().read(key, at: now), is: second, "the record after opening again")
    }

    private func removalsSurvive() async throws {
        let key = trial.freshKey()
        let record = try await trial.create(trial.sample(tags: [try trial.freshTag()]), key)
        _ = try await trial.store.remove(key, at: now)
        let again = try await reopen()
        try trial.require(try await again.read(key, at: now), is: nil, "the record after opening again")
        let updated = try await again.write(trial.sample("late"), for: key, if: .revision(record.revision), at: now)
        try trial.require(!updated, "a late update is refused", found: "it was accepted")
    }

    // A touch may be lost, the record may not.
    private func touchedRecordsSurvive() async throws {
        let key = trial.freshKey()
        let record = try await trial.create(trial.sample(), key)
        _ = try await trial.store.touch(key, until: trial.at(500), at: now)
        guard var found = try await reopen().read(key, at: now) else {
            throw SessionStoreLawError(law: trial.law, expectation: "the touched record is there", found: "nil")
        }
        let isOldOrNew = [record.idleEnd, trial.at(500)].contains(found.idleEnd)
        try trial.require(isOldOrNew, "the old idle end or the new one", found: "\(found.idleEnd)")
        found.idleEnd = record.idleEnd
        try trial.require(found, is: record, "the record but for its idle end")
    }

    private func indexSurvives() async throws {
        guard trial.store is any IndexedSessionStore else { return }
        let (old, new) = (try trial.freshTag(), try trial.freshTag())
        let keys = (0..<3).map { _ in trial.freshKey() }
        for key in keys { try await trial.create(trial.sample(tags: [old]), key) }
        let moved = trial.freshKey()
        let first = try await trial.create(trial.sample("first"), moved)
        let second = trial.sample("second", tags: [new])
        _ = try await trial.store.write(second, for: moved, if: .revision(first.revision), at: now)
        let again = try await reopen()
        try await trial.require(Set(keys), areFoundUnder: old, in: again)
        try await trial.require([moved], areFoundUnder: new, in: again)
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
