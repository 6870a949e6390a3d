import OAuthTypes
import SessionStore

extension LawChecker {
    func expiredIsGone() async throws {
        for (idle, absolute) in [(100, 1_000), (1_000, 100), (100, 100)] as [(Int64, Int64)] {
            let key = freshKey()
            var record = sample()
            record.idleEnd = at(idle)
            record.absoluteEnd = at(absolute)
            try await create(record, under: key)
            try require(try await store.read(key, at: at(99)), is: record, what: "the record one second before its end")
            try require(try await store.read(key, at: at(100)), is: nil, what: "the record at its end")
            try require(try await store.read(key, at: at(5_000)), is: nil, what: "the record long after its end")
        }
    }

    func expiredMakesRoom() async throws {
        let key = freshKey()
        try await create(sample("first"), under: key)
        var next = sample("second")
        next.idleEnd = at(200)
        let accepted = try await store.write(next, for: key, if: .absent, at: at(100))
        try require(accepted, "a creation at the end of the last record is accepted", found: "it was refused")
        try require(try await store.read(key, at: at(100)), is: next, what: "what is read")
    }

    func expiredIsNotUpdated() async throws {
        let key = freshKey()
        let record = try await create(sample("first"), under: key)
        var next = sample("second")
        next.idleEnd = at(200)
        let accepted = try await store.write(next, for: key, if: .revision(record.revision), at: at(100))
        try require(!accepted, "the update is refused", found: "it was accepted")
        try require(try await store.read(key, at: at(100)), is: nil, what: "what is read")
    }

    func timeComesFromTheCaller() async throws {
        // Before every clock of today, beyond 32 bits, and both at once.
        for start in [1_000, 2_147_483_640, 4_294_967_290, 10_000_000_000] as [Int64] {
            let key = freshKey()
            var record = sample()
            record.idleEnd = UnixTime(seconds: start + 100)
            record.absoluteEnd = UnixTime(seconds: start + 200)
            try await create(record, under: key, at: UnixTime(seconds: start))
            let first = try await store.read(key, at: UnixTime(seconds: start))
            try require(first, is: record, what: "a record of the time \(start)")
            let last = UnixTime(seconds: start + 99)
            try require(try await store.read(key, at: last), is: record, what: "a record of the time \(start)")
            let touched = try await store.touch(key, until: UnixTime(seconds: start + 150), at: last)
            try require(touched, "a touch at the time \(start) finds it", found: "it found nothing")
            let gone = try await store.read(key, at: UnixTime(seconds: start + 150))
            try require(gone, is: nil, what: "the record at its end, at the time \(start)")
        }
    }

    func purgeSparesTheLiving() async throws {
        let keys = (0..<10).map { _ in freshKey() }
        for key in keys { try await create(sample(), under: key) }
        let touched = keys[0]
        _ = try await store.touch(touched, until: at(500), at: now)
        _ = try await store.purge(expiredBefore: at(99), limit: 100)
        for key in keys {
            let found = try await store.read(key, at: at(99))
            try require(found != nil, "a live record survives a purge", found: "nil")
        }
        _ = try await store.purge(expiredBefore: at(100), limit: 100)
        let found = try await store.read(touched, at: at(100))
        try require(found?.idleEnd == at(500), "a touched record survives a purge", found: "nil or an earlier end")
    }

    func purgeEnds() async throws {
        for _ in 0..<20 { try await create(sample(), under: freshKey()) }
        var collected = 0
        for _ in 0..<30 {
            let count = try await store.purge(expiredBefore: at(100), limit: 7)
            collected += count
            try require(collected <= 20, "at most 20 are counted", found: "\(collected)")
            if count == 0 { return }
        }
        throw SessionStoreLawError(law: law, expectation: "purging ends with zero", found: "30 rounds without one")
    }

    func purgeStopsAtItsLimit() async throws {
        for _ in 0..<20 { try await create(sample(), under: freshKey()) }
        for limit in [Int.min, -1, 0, 1, 7] {
            let count = try await store.purge(expiredBefore: at(100), limit: limit)
            let isWithinLimit = (0...max(limit, 0)).contains(count)
            try require(isWithinLimit, "at most \(max(limit, 0)) for a limit of \(limit)", found: "\(count)")
        }
    }
}
