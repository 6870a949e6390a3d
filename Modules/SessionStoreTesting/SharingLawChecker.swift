import OAuthTypes
import SessionStore

/// One law of stores that several processes share: each of two handles on the same records stands for a process.
struct SharingLawChecker: Sendable {
    let checker: LawChecker
    let other: any SessionStore

    private var now: UnixTime { checker.now }
    private var store: any SessionStore { checker.store }
    private var handles: [any SessionStore] { [checker.store, other] }

    func run(_ law: SharedStoreLaw) async throws {
        switch law {
        case .writesAreSeen: try await writesAreSeen()
        case .touchesAreSeen: try await touchesAreSeen()
        case .removalsAreSeen: try await removalsAreSeen()
        case .tagsAreSeen: try await tagsAreSeen()
        case .handlesCompareAndSwap: try await handlesCompareAndSwap()
        case .handlesCreateOnce: try await handlesCreateOnce()
        case .handlesRemoveOnce: try await handlesRemoveOnce()
        case .handlesSpareOtherKeys: try await checker.contendSideBySide(through: handles)
        case .purgesSpareWhatOthersTouched: try await purgesSpareWhatOthersTouched()
        }
    }

    private func writesAreSeen() async throws {
        let key = checker.freshKey()
        try checker.require(try await other.read(key, at: now), is: nil, what: "what the other handle reads at first")
        let first = try await checker.create(checker.sample("first"), under: key)
        try checker.require(try await other.read(key, at: now), is: first, what: "what the other handle reads")
        let second = checker.sample("second")
        _ = try await store.write(second, for: key, if: .revision(first.revision), at: now)
        try checker.require(
            try await other.read(key, at: now), is: second, what: "what the other handle reads of an update")
    }

    private func touchesAreSeen() async throws {
        let key = checker.freshKey()
        try await checker.create(checker.sample(), under: key)
        _ = try await other.read(key, at: now)
        _ = try await store.touch(key, until: checker.at(300), at: now)
        let found = try await other.read(key, at: checker.at(200))
        try checker.require(found != nil, "the other handle reads a touched record", found: "nil")
    }

    private func removalsAreSeen() async throws {
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample(), under: key)
        _ = try await other.read(key, at: now)
        _ = try await store.remove(key, at: now)
        try checker.require(try await other.read(key, at: now), is: nil, what: "what the other handle reads")
        let updated = try await other.write(checker.sample("late"), for: key, if: .revision(record.revision), at: now)
        try checker.require(!updated, "the other handle's late update is refused", found: "it was accepted")
        let touched = try await other.touch(key, until: checker.at(300), at: now)
        try checker.require(!touched, "the other handle's late touch is refused", found: "it was accepted")
    }

    private func tagsAreSeen() async throws {
        guard let indexed = other as? any IndexedSessionStore else { return }
        let tag = try checker.freshTag()
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample(tags: [tag]), under: key)
        try await checker.require([key], areFoundUnder: tag, in: other)
        let removed = try await indexed.removeAll(matching: tag, limit: 10, at: now)
        try checker.require(
            removed == [record], "the other handle removes it by tag", found: "\(removed.count) records")
        try checker.require(try await store.read(key, at: now), is: nil, what: "what the first handle reads then")
    }

    private func handlesCompareAndSwap() async throws {
        try await checker.contendForUpdates(through: handles)
        let key = checker.freshKey()
        try await checker.create(checker.sample("0"), under: key)
        _ = try await checker.together { task in
            for _ in 0..<checker.kit.rounds { try await checker.increment(key, in: handles[task % 2]) }
        }
        let expected = checker.kit.tasks * checker.kit.rounds
        let count = checker.counter(try await other.read(key, at: now)) ?? 0
        try checker.require(count == expected, "\(expected) increments are there", found: "\(count)")
    }

    private func handlesCreateOnce() async throws {
        try await checker.contendForCreations(through: handles)
        for _ in 0..<checker.kit.rounds {
            let key = checker.freshKey()
            let answers = try await checker.together { task in
                try await handles[task % 2].write(checker.sample("\(task)"), for: key, if: .absent, at: now)
            }
            let winners = answers.count { $0 }
            try checker.require(winners == 1, "one creation is accepted", found: "\(winners)")
        }
    }

    private func handlesRemoveOnce() async throws {
        try await checker.contendForRemovals(through: handles)
        for _ in 0..<checker.kit.rounds {
            let key = checker.freshKey()
            try await checker.create(checker.sample(), under: key)
            let answers = try await checker.together { try await handles[$0 % 2].remove(key, at: now) }
            let winners = answers.count { $0 != nil }
            try checker.require(winners == 1, "one removal gets the record", found: "\(winners)")
        }
    }

    private func purgesSpareWhatOthersTouched() async throws {
        let key = checker.freshKey()
        try await checker.create(checker.sample(), under: key)
        _ = try await other.touch(key, until: checker.at(500), at: now)
        _ = try await store.purge(expiredBefore: checker.at(200), limit: 100)
        let found = try await other.read(key, at: checker.at(200))
        try checker.require(found != nil, "a record that the other handle touched survives a purge", found: "nil")
    }
}
