import OAuthTypes
import SessionStore

/// What a store is compared with: a dictionary whose entries expire.
private struct Model {
    var records: [SessionKey: SessionRecord] = [:]

    func read(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        records[key].flatMap { $0.isLive(at: now) ? $0 : nil }
    }

    mutating func write(
        _ record: SessionRecord, for key: SessionKey, if condition: WriteCondition, at now: UnixTime
    ) -> Bool {
        let live = read(key, at: now)
        switch condition {
        case .absent: guard live == nil else { return false }
        case .revision(let revision): guard live?.revision == revision else { return false }
        }
        records[key] = record
        return true
    }

    mutating func touch(_ key: SessionKey, until idleEnd: UnixTime, at now: UnixTime) -> Bool {
        guard let live = read(key, at: now) else { return false }
        records[key] = live.touched(until: idleEnd)
        return true
    }

    mutating func remove(_ key: SessionKey, at now: UnixTime) -> SessionRecord? {
        // An expired record may stay in a store until it is purged; forgotten here, the purge would seem to find too many.
        guard let live = read(key, at: now) else { return nil }
        records[key] = nil
        return live
    }

    func tagged(_ tag: IndexTag, at now: UnixTime) -> [SessionKey: SessionRecord] {
        records.filter { $0.value.isLive(at: now) && $0.value.tags.contains(tag) }
    }
}

extension LawChecker {
    /// Makes random calls to the store and to a dictionary, and compares the answers.
    func behavesLikeADictionary(index: (any IndexedSessionStore)? = nil) async throws {
        var run = ModelRun(checker: self, index: index, random: Sequence(seed: kit.seed), time: now)
        for step in 1...kit.steps { try await run.perform(step) }
    }
}

private struct ModelRun {
    let checker: LawChecker
    let index: (any IndexedSessionStore)?
    let keys: [SessionKey]
    let tags: [IndexTag]
    var random: Sequence
    var time: UnixTime
    var model = Model()

    init(checker: LawChecker, index: (any IndexedSessionStore)?, random: Sequence, time: UnixTime) {
        self.checker = checker
        self.index = index
        self.random = random
        self.time = time
        keys = (0..<12).map { checker.freshKey($0.isMultiple(of: 4) ? .savedRequest : .session) }
        tags = (0..<4).compactMap { _ in try? checker.freshTag() }
    }

    mutating func perform(_ step: Int) async throws {
        if random.below(4) == 0 { time = time.adding(seconds: Int64(random.below(40))) }
        let key = keys[random.below(keys.count)]
        switch random.below(index == nil ? 12 : 16) {
        case 0...2: try await read(key, step: step)
        case 3...5: try await create(key, step: step)
        case 6...7: try await update(key, step: step)
        case 8...9: try await touch(key, step: step)
        case 10: try await remove(key, step: step)
        case 11: try await purge(step)
        case 12...14: try await list(tags[random.below(tags.count)], step: step)
        default: try await removeAll(tags[random.below(tags.count)], step: step)
        }
    }

    private mutating func record() -> SessionRecord {
        var record = checker.sample("\(random.below(1_000_000))")
        record.idleEnd = time.adding(seconds: Int64(random.below(120)))
        record.absoluteEnd = time.adding(seconds: Int64(random.below(400)))
        record.tags = tags.filter { _ in random.below(3) == 0 }
        return record
    }

    private func compare<Value: Equatable>(_ found: Value, with expected: Value, call: String, step: Int) throws {
        try checker.require(
            found == expected, "step \(step), \(call) answers as a dictionary (seed \(checker.kit.seed))",
            found: "another answer")
    }

    private func read(_ key: SessionKey, step: Int) async throws {
        try compare(
            try await checker.store.read(key, at: time), with: model.read(key, at: time), call: "read", step: step)
    }

    private mutating func create(_ key: SessionKey, step: Int) async throws {
        let record = record()
        let expected = model.write(record, for: key, if: .absent, at: time)
        try compare(
            try await checker.store.write(record, for: key, if: .absent, at: time), with: expected,
            call: "write if absent", step: step)
    }

    private mutating func update(_ key: SessionKey, step: Int) async throws {
        let known = model.records[key]?.revision ?? Revision()
        let condition = WriteCondition.revision(random.below(4) == 0 ? Revision() : known)
        let record = record()
        let expected = model.write(record, for: key, if: condition, at: time)
        try compare(
            try await checker.store.write(record, for: key, if: condition, at: time), with: expected,
            call: "write if revision", step: step)
    }

    private mutating func touch(_ key: SessionKey, step: Int) async throws {
        let end = time.adding(seconds: Int64(random.below(300)) - 50)
        let expected = model.touch(key, until: end, at: time)
        try compare(try await checker.store.touch(key, until: end, at: time), with: expected, call: "touch", step: step)
    }

    private mutating func remove(_ key: SessionKey, step: Int) async throws {
        let expected = model.remove(key, at: time)
        try compare(try await checker.store.remove(key, at: time), with: expected, call: "remove", step: step)
    }

    private mutating func purge(_ step: Int) async throws {
        let limit = random.below(6)
        let expired = model.records.count { !$0.value.isLive(at: time) }
        let count = try await checker.store.purge(expiredBefore: time, limit: limit)
        try compare(count <= min(limit, expired), with: true, call: "purge", step: step)
    }

    private func list(_ tag: IndexTag, step: Int) async throws {
        guard let index else { return }
        let expected = model.tagged(tag, at: time)
        let found = try await index.keys(matching: tag, after: nil, limit: 1_000, at: time)
        try compare(Set(expected.keys).isSubset(of: found), with: true, call: "keys by tag", step: step)
    }

    private mutating func removeAll(_ tag: IndexTag, step: Int) async throws {
        guard let index else { return }
        let expected = model.tagged(tag, at: time)
        for key in expected.keys { model.records[key] = nil }
        let found = try await index.removeAll(matching: tag, limit: 1_000, at: time)
        try compare(Set(found), with: Set(expected.values), call: "removal by tag", step: step)
        try compare(found.count, with: expected.count, call: "removal by tag", step: step)
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
private struct Sequence {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) % UInt64(max(bound, 1)))
    }
}
