import OAuthTypes
import SessionStore

/// One law of stores that several processes share: each of two handles on one place stands for a process.
struct SharingLawChecker: Sendable {
    let trial: LawChecker
    let other: any SessionStore

    private var now: UnixTime { trial.now }
    private var store: any SessionStore { trial.store }
    private var handles: [any SessionStore] { [trial.store, other] }

    func run(_ law: SharedStoreLaw) async throws {
        switch law {
        case .writesAreSeen: try await writesAreSeen()
        case .touchesAreSeen: try await touchesAreSeen()
        case .removalsAreSeen: try await removalsAreSeen()
        case .tagsAreSeen: try await tagsAreSeen()
        case .handlesCompareAndSwap: try await handlesCompareAndSwap()
        case .handlesCreateOnce: try await handlesCreateOnce()
        case .handlesRemoveOnce: try await handlesRemoveOnce()
        case .purgesSpareWhatOthersTouched: try await purgesSpareWhatOthersTouched()
        }
    }

    private func writesAreSeen() async throws {
        let key = trial.freshKey()
        try trial.require(try await other.read(key, at: now), is: nil, "what the other handle reads at first")
        let first = try await trial.create(trial.sample("first"), key)
        try trial.require(try await other.read(key, at: now), is: first, "what the other handle reads")
        let second = trial.sample("second")
        _ = try await store.write(second, for: key, if: .revision(first.revision), at: now)
        try trial.require(try await other.read(key, at: now), is: second, "what the other handle reads of an update")
    }

    private func touchesAreSeen() async throws {
        let key = trial.freshKey()
        try await trial.create(trial.sample(), key)
        _ = try await other.read(key, at: now)
        _ = try await store.touch(key, until: trial.at(300), at: now)
        let found = try await other.read(key, at: trial.at(200))
        try trial.require(found != nil, "the other handle reads a touched record", found: "nil")
    }

    private func removalsAreSeen() async throws {
        let key = trial.freshKey()
        let record = try await trial.create(trial.sample(), key)
        _ = try await other.read(key, at: now)
        _ = try await store.remove(key, at: now)
        try trial.require(try await other.read(key, at: now), is: nil, "what the other handle reads")
        let updated = try await other.write(trial.sample("late"), for: key, if: .revision(record.revision), at: now)
        try trial.require(!updated, "the other handle's late update is refused", found: "it was accepted")
        let touched = try await other.touch(key, until: trial.at(300), at: now)
        try trial.require(!touched, "the other handle's late touch is refused", found: "it was accepted")
    }

    private func tagsAreSeen() async throws {
        guard let indexed = other as? any IndexedSessionStore else { return }
        let tag = try trial.freshTag()
        let key = trial.freshKey()
        let record = try await trial.create(trial.sample(tags: [tag]), key)
        try await trial.require([key], areFoundUnder: tag, in: other)
        let removed = try await indexed.removeAll(matching: tag, limit: 10, at: now)
        try trial.require(removed == [record], "the other handle removes it by tag", found: "\(removed.count) records")
        try trial.require(try await store.read(key, at: now), is: nil, "what the first handle reads then")
    }

    private func handlesCompareAndSwap() async throws {
        let key = trial.freshKey()
        try await trial.create(trial.sample("0"), key)
        _ = try await trial.together { task in
            for _ in 0..<trial.kit.rounds { try await trial.increment(key, in: handles[task % 2]) }
        }
        let expected = trial.kit.tasks * trial.kit.rounds
        let count = trial.counter(try await other.read(key, at: now)) ?? 0
        try trial.require(count == expected, "\(expected) increments are there", found: "\(count)")
    }

    private func handlesCreateOnce() async throws {
        for _ in 0..<trial.kit.rounds {
            let key = trial.freshKey()
            let answers = try await trial.together { task in
                try await handles[task % 2].write(trial.sample("\(task)"), for: key, if: .absent, at: now)
            }
            let winners = answers.count { $0 }
            try trial.require(winners == 1, "one creation is accepted", found: "\(winners)")
        }
    }

    private func handlesRemoveOnce() async throws {
        for _ in 0..<trial.kit.rounds {
            let key = trial.freshKey()
            try await trial.create(trial.sample(), key)
            let answers = try await trial.together { try await handles[$0 % 2].remove(key, at: now) }
            let winners = answers.count { $0 != nil }
            try trial.require(winners == 1, "one removal gets the record", found: "\(winners)")
        }
    }

    private func purgesSpareWhatOthersTouched() async throws {
        let key = trial.freshKey()
        try await trial.create(trial.sample(), key)
        _ = try await other.touch(key, until: trial.at(500), at: now)
        _ = try await store.purge(expiredBefore: trial.at(200), limit: 100)
        let found = try await other.read(key, at: trial.at(200))
        try trial.require(found != nil, "a record that the other handle touched survives a purge", found: "nil")
    }
}
