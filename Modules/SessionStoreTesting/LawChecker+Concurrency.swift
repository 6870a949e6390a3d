import OAuthTypes
import SessionStore

extension LawChecker {
    func oneCreationWins() async throws {
        for _ in 0..<kit.rounds {
            let key = freshKey()
            let answers = try await together { try await store.write(sample("\($0)"), for: key, if: .absent, at: now) }
            let winners = answers.count { $0 }
            try require(winners == 1, "one creation is accepted", found: "\(winners)")
        }
    }

    func noUpdateIsLost() async throws {
        try await contendForUpdates(through: [store])
        let key = freshKey()
        try await create(sample("0"), under: key)
        _ = try await together { _ in for _ in 0..<kit.rounds { try await increment(key, in: store) } }
        let expected = kit.tasks * kit.rounds
        let count = counter(try await store.read(key, at: now)) ?? 0
        try require(count == expected, "\(expected) increments are there", found: "\(count)")
    }

    func oneRemovalGetsTheRecord() async throws {
        for _ in 0..<kit.rounds {
            let key = freshKey()
            try await create(sample(), under: key)
            let answers = try await together { _ in try await store.remove(key, at: now) }
            let winners = answers.count { $0 != nil }
            try require(winners == 1, "one removal gets the record", found: "\(winners)")
        }
    }

    func removalBeatsLateUpdates() async throws {
        for _ in 0..<kit.rounds {
            let key = freshKey()
            try await create(sample(), under: key)
            let seen = try await together { try await race(task: $0, on: key) }
            // Those who come last have seen the record too.
            for revision in Set(seen.compactMap { $0 }) {
                _ = try await store.touch(key, until: at(200), at: now)
                _ = try await store.write(sample("last"), for: key, if: .revision(revision), at: now)
            }
            try require(try await store.read(key, at: now), is: nil, what: "what is read after the removal")
        }
    }

    // One task removes, the others update with the revision that they have seen.
    private func race(task: Int, on key: SessionKey) async throws -> Revision? {
        let seen = try await store.read(key, at: now)?.revision
        await Task.yield()
        guard task > 0 else {
            let removed = try await store.remove(key, at: now)
            try require(removed != nil, "the removal gets the record", found: "nil")
            return seen
        }
        guard let seen else { return nil }
        _ = try await store.touch(key, until: at(200), at: now)
        _ = try await store.write(sample("late"), for: key, if: .revision(seen), at: now)
        return seen
    }

    func touchOverwritesNoUpdate() async throws {
        let key = freshKey()
        try await create(sample("0"), under: key)
        _ = try await together { task in
            for round in 0..<kit.rounds {
                guard task > 0 else { try await increment(key, in: store); continue }
                _ = try await store.touch(key, until: at(100 + Int64(round)), at: now)
            }
        }
        let count = counter(try await store.read(key, at: now)) ?? 0
        try require(count == kit.rounds, "\(kit.rounds) increments are there", found: "\(count)")
    }

    func readersSeeWholeRecords() async throws {
        let key = freshKey()
        try await create(uniform(0), under: key)
        _ = try await together { task in
            for round in 0..<kit.rounds {
                guard let seen = try await store.read(key, at: now) else {
                    throw SessionStoreLawError(law: law, expectation: "a reader sees a record", found: "nil")
                }
                let ends = [seen.summary, seen.secrets].flatMap { [$0.octets.first, $0.octets.last] }
                try require(Set(ends).count == 1, "both payloads are of one write", found: "of several")
                guard task.isMultiple(of: 2) else { continue }
                let next = uniform(UInt8(truncatingIfNeeded: round &* kit.tasks &+ task))
                _ = try await store.write(next, for: key, if: .revision(seen.revision), at: now)
            }
        }
    }

    private func uniform(_ octet: UInt8) -> SessionRecord {
        var record = sample()
        record.summary = SealedPayload(octets: Array(repeating: octet, count: 2_000 + Int(octet)))
        record.secrets = SealedPayload(octets: Array(repeating: octet, count: 9_000))
        return record
    }

    func cancellationLeavesNoHalves() async throws {
        for _ in 0..<kit.rounds {
            let key = freshKey()
            let record = sample()
            let task = Task { try await store.write(record, for: key, if: .absent, at: now) }
            task.cancel()
            let accepted = try? await task.value
            let found = try await store.read(key, at: now)
            if accepted == true { try require(found, is: record, what: "a write that was accepted") }
            if let found { try require(found, is: record, what: "what is read after a cancelled write") }
        }
        try await create(sample(), under: freshKey())
    }

    func floodOfOneKindSparesOthers() async throws {
        let key = freshKey()
        let record = try await create(sample(), under: key)
        for _ in 0..<kit.rounds * 40 {
            var mark = sample()
            mark.idleEnd = at(50)
            mark.absoluteEnd = at(50)
            // A bounded store may refuse the flood.
            _ = try? await store.write(mark, for: freshKey(.logoutMark), if: .absent, at: now)
        }
        try require(try await store.read(key, at: now), is: record, what: "the session after a flood of marks")
    }
}
