import OAuthTypes
import SessionStore

extension LawChecker {
    func touchExtends() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        let touched = try await store.touch(key, until: at(300), at: at(99))
        try require(touched, "a touch of a live record says so", found: "false")
        let found = try await store.read(key, at: at(299))
        try require(found?.idleEnd == at(300), "the idle end is moved", found: "\(String(describing: found?.idleEnd))")
        try require(try await store.read(key, at: at(300)), is: nil, what: "the record at its new end")
    }

    func touchNeverShortens() async throws {
        let key = freshKey()
        let record = try await create(sample(), under: key)
        let touched = try await store.touch(key, until: at(50), at: now)
        try require(touched, "a touch of a live record says so", found: "false")
        try require(try await store.read(key, at: at(99)), is: record, what: "the record")
    }

    func touchStopsAtTheAbsoluteEnd() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        _ = try await store.touch(key, until: at(100_000), at: now)
        let found = try await store.read(key, at: at(999))
        try require(
            found?.idleEnd == at(1_000), "the idle end stops at the absolute end",
            found: "\(String(describing: found?.idleEnd))")
        try require(try await store.read(key, at: at(1_000)), is: nil, what: "the record at its absolute end")
    }

    func touchKeepsTheRest() async throws {
        let key = freshKey()
        let record = try await create(sample(tags: [try freshTag()]), under: key)
        _ = try await store.touch(key, until: at(300), at: now)
        guard var found = try await store.read(key, at: now) else {
            throw SessionStoreLawError(law: law, expectation: "the record stays", found: "nil")
        }
        found.idleEnd = record.idleEnd
        try require(found, is: record, what: "the record but for its idle end")
    }

    func touchNeverCreates() async throws {
        let key = freshKey()
        let touched = try await store.touch(key, until: at(300), at: now)
        try require(!touched, "a touch of nothing says so", found: "true")
        try require(try await store.read(key, at: now), is: nil, what: "what is read")
    }

    func touchNeverRevives() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        let touched = try await store.touch(key, until: at(300), at: at(100))
        try require(!touched, "a touch of an expired record is refused", found: "it was accepted")
        try require(try await store.read(key, at: at(100)), is: nil, what: "what is read")
    }

    func removeReturnsTheRecord() async throws {
        let key = freshKey()
        let record = try await create(sample(tags: [try freshTag()]), under: key)
        try require(try await store.remove(key, at: now), is: record, what: "what the removal returns")
    }

    func removedIsGone() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        _ = try await store.remove(key, at: now)
        try require(try await store.read(key, at: now), is: nil, what: "what is read")
        try require(try await store.remove(key, at: now), is: nil, what: "what a second removal returns")
    }

    func removedStaysRemoved() async throws {
        let key = freshKey()
        let record = try await create(sample(), under: key)
        _ = try await store.remove(key, at: now)
        let updated = try await store.write(sample("late"), for: key, if: .revision(record.revision), at: now)
        try require(!updated, "a late update is refused", found: "it was accepted")
        let touched = try await store.touch(key, until: at(300), at: now)
        try require(!touched, "a late touch is refused", found: "it was accepted")
        try require(try await store.read(key, at: now), is: nil, what: "what is read")
    }

    func expiredIsNotReturnedByRemove() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        try require(try await store.remove(key, at: at(100)), is: nil, what: "what the removal returns")
    }
}
