import OAuthTypes
import SessionStore

/// One law of durable stores.
struct DurabilityTrial: Sendable {
    let trial: Trial
    let reopen: @Sendable () async throws -> any SessionStore

    private var now: UnixTime { trial.now }

    func run(_ law: DurableStoreLaw) async throws {
        switch law {
        case .writesSurvive: try await writesSurvive()
        case .updatesSurvive: try await updatesSurvive()
        case .removalsSurvive: try await removalsSurvive()
        case .handlesSeeEachOther: try await handlesSeeEachOther()
        case .handlesCompareAndSwap: try await handlesCompareAndSwap()
        case .handlesCreateOnce: try await handlesCreateOnce()
        }
    }

    private func writesSurvive() async throws {
        for kind in SessionKey.Kind.allCases {
            let key = trial.freshKey(kind)
            let tag = try trial.freshTag()
            let record = try await trial.create(trial.sample("\(kind)", tags: [tag]), key)
            let again = try await reopen()
            try trial.require(try await again.read(key, at: now), is: record, "the record after opening again")
            guard let indexed = again as? any IndexedSessionStore else { continue }
            let found = try await indexed.keys(matching: tag, after: nil, limit: 10, at: now)
            try trial.require(found.contains(key), "the record is found by tag", found: "\(found.count) keys")
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
        let tag = try trial.freshTag()
        let record = try await trial.create(trial.sample(tags: [tag]), key)
        _ = try await trial.store.remove(key, at: now)
        let again = try await reopen()
        try trial.require(try await again.read(key, at: now), is: nil, "the record after opening again")
        let updated = try await again.write(trial.sample("late"), for: key, if: .revision(record.revision), at: now)
        try trial.require(!updated, "a late update is refused", found: "it was accepted")
    }

    private func handlesSeeEachOther() async throws {
        let other = try await reopen()
        let key = trial.freshKey()
        let record = try await trial.create(trial.sample(), key)
        try trial.require(try await other.read(key, at: now), is: record, "what the other handle reads")
        let twice = try await other.write(trial.sample("second"), for: key, if: .absent, at: now)
        try trial.require(!twice, "the other handle's creation is refused", found: "it was accepted")
        try trial.require(try await other.remove(key, at: now), is: record, "what the other handle removes")
        try trial.require(try await trial.store.read(key, at: now), is: nil, "what the first handle reads then")
    }

    private func handlesCompareAndSwap() async throws {
        let handles = [trial.store, try await reopen()]
        let key = trial.freshKey()
        try await trial.create(trial.sample("0"), key)
        _ = try await trial.together { task in
            for _ in 0..<trial.kit.rounds { try await trial.increment(key, in: handles[task % 2]) }
        }
        let expected = trial.kit.tasks * trial.kit.rounds
        let count = trial.counter(try await handles[1].read(key, at: now)) ?? 0
        try trial.require(count == expected, "\(expected) increments are there", found: "\(count)")
    }

    private func handlesCreateOnce() async throws {
        let handles = [trial.store, try await reopen()]
        for _ in 0..<trial.kit.rounds {
            let key = trial.freshKey()
            let answers = try await trial.together { task in
                try await handles[task % 2].write(trial.sample("\(task)"), for: key, if: .absent, at: now)
            }
            let winners = answers.count { $0 }
            try trial.require(winners == 1, "one creation is accepted", found: "\(winners)")
        }
    }
}
