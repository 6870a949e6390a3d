import OAuthTypes
import SessionStore

/// One law of stores with an index.
struct IndexLawChecker: Sendable {
    let checker: LawChecker
    let store: any IndexedSessionStore

    private var now: UnixTime { checker.now }

    func run(_ law: IndexedStoreLaw) async throws {
        switch law {
        case .everyLiveRecordIsFound: try await everyLiveRecordIsFound()
        case .tagsAreComparedWhole: try await tagsAreComparedWhole()
        case .touchedRecordsStayFound: try await touchedRecordsStayFound()
        case .updatesAreFollowed: try await updatesAreFollowed()
        case .pagesNameEachKeyOnce: try await pagesNameEachKeyOnce()
        case .removeAllTakesTheTagged: try await removeAllTakesTheTagged()
        case .removeAllSparesOthers: try await removeAllSparesOthers()
        case .removeAllStopsAtItsLimit: try await removeAllStopsAtItsLimit()
        case .expiredIsNotReturnedByRemoveAll: try await expiredIsNotReturnedByRemoveAll()
        case .concurrentCreationsAreFound: try await concurrentCreationsAreFound()
        case .eachRecordGoesToOneRemoval: try await eachRecordGoesToOneRemoval()
        case .indexBehavesLikeADictionary: try await checker.behavesLikeADictionary(index: store)
        }
    }

    /// All keys under `tag`, page by page.
    private func found(_ tag: IndexTag, pages limit: Int = 100, at time: UnixTime? = nil) async throws -> [SessionKey] {
        var all: [SessionKey] = []
        while all.count <= 10_000 {
            let page = try await store.keys(matching: tag, after: all.last, limit: limit, at: time ?? now)
            guard !page.isEmpty else { return all }
            all += page
        }
        throw SessionStoreLawError(law: checker.law, expectation: "pages end", found: "more than 10,000 keys")
    }

    private func create(_ count: Int, under tags: [IndexTag]) async throws -> Set<SessionKey> {
        var keys: Set<SessionKey> = []
        for number in 0..<count {
            let kind = number.isMultiple(of: 5) ? SessionKey.Kind.savedRequest : .session
            let key = checker.freshKey(kind)
            try await checker.create(checker.sample("\(number)", tags: tags), under: key)
            keys.insert(key)
        }
        return keys
    }

    private func requireFound(
        _ keys: Set<SessionKey>, under tag: IndexTag, at time: UnixTime? = nil
    ) async throws {
        let missing = keys.subtracting(try await found(tag, at: time))
        try checker.require(missing.isEmpty, "every live record is found", found: "\(missing.count) are missing")
    }
}

extension IndexLawChecker {
    private func everyLiveRecordIsFound() async throws {
        let tags = try (0..<SessionRecord.maximumTagCount).map { _ throws(SessionStoreLawError) in
            try checker.freshTag()
        }
        let keys = try await create(3, under: tags)
        for tag in tags { try await requireFound(keys, under: tag) }
        try await requireFound(keys, under: tags[0], at: checker.at(99))
    }

    private func tagsAreComparedWhole() async throws {
        let tag = try checker.freshTag()
        _ = try await create(1, under: [tag])
        for index in tag.octets.indices {
            var octets = tag.octets
            octets[index] ^= 1
            let keys = try await found(try checker.tag(octets))
            try checker.require(
                keys.isEmpty, "nothing under a tag with another octet \(index)", found: "\(keys.count) keys")
        }
    }

    private func touchedRecordsStayFound() async throws {
        let tag = try checker.freshTag()
        let keys = try await create(3, under: [tag])
        for key in keys { _ = try await store.touch(key, until: checker.at(500), at: now) }
        _ = try await store.purge(expiredBefore: checker.at(100), limit: 100)
        try await requireFound(keys, under: tag, at: checker.at(499))
    }

    private func updatesAreFollowed() async throws {
        let (old, new, kept) = (try checker.freshTag(), try checker.freshTag(), try checker.freshTag())
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample("first", tags: [old, kept]), under: key)
        let next = checker.sample("second", tags: [kept, new])
        _ = try await store.write(next, for: key, if: .revision(record.revision), at: now)
        try await requireFound([key], under: new)
        try await requireFound([key], under: kept)
        let removed = try await store.removeAll(matching: new, limit: 10, at: now)
        try checker.require(removed == [next], "the new tag removes the record", found: "\(removed.count) records")
    }

    private func pagesNameEachKeyOnce() async throws {
        let tag = try checker.freshTag()
        let keys = try await create(23, under: [tag])
        for limit in [1, 7, 23, 24, 1_000] {
            let page = try await store.keys(matching: tag, after: nil, limit: limit, at: now)
            try checker.require(page.count <= limit, "a page of at most \(limit)", found: "\(page.count)")
            let all = try await found(tag, pages: limit)
            try checker.require(all == all.sorted(), "ascending keys", found: "another order")
            try checker.require(Set(all).count == all.count, "each key once", found: "a key twice")
            try checker.require(keys.isSubset(of: all), "every key", found: "\(all.count) of \(keys.count)")
        }
        for limit in [0, -1, Int.min] {
            let page = try await store.keys(matching: tag, after: nil, limit: limit, at: now)
            try checker.require(page.isEmpty, "an empty page for a limit of \(limit)", found: "\(page.count) keys")
        }
    }

    private func removeAllTakesTheTagged() async throws {
        let tag = try checker.freshTag()
        let keys = try await create(5, under: [tag, try checker.freshTag()])
        let removed = try await store.removeAll(matching: tag, limit: 100, at: now)
        let payloads = Set(removed.map { String(decoding: $0.secrets.octets, as: UTF8.self) })
        try checker.require(
            payloads == ["0", "1", "2", "3", "4"] && removed.count == 5, "the five records", found: "\(removed.count)")
        for key in keys { try checker.require(try await store.read(key, at: now), is: nil, what: "a removed record") }
    }

    private func removeAllSparesOthers() async throws {
        let (tag, other) = (try checker.freshTag(), try checker.freshTag())
        let spared = try await create(3, under: [other])
        let key = checker.freshKey()
        let record = try await checker.create(checker.sample("first", tags: [tag]), under: key)
        let next = checker.sample("second", tags: [other])
        _ = try await store.write(next, for: key, if: .revision(record.revision), at: now)
        _ = try await create(2, under: [tag])
        _ = try await store.removeAll(matching: tag, limit: 100, at: now)
        try checker.require(try await store.read(key, at: now), is: next, what: "a record that has lost the tag")
        for key in spared {
            let found = try await store.read(key, at: now)
            try checker.require(found != nil, "a record under another tag stays", found: "nil")
        }
    }

    private func removeAllStopsAtItsLimit() async throws {
        let tag = try checker.freshTag()
        _ = try await create(10, under: [tag])
        for limit in [Int.min, -1, 0] {
            let none = try await store.removeAll(matching: tag, limit: limit, at: now)
            try checker.require(none.isEmpty, "nothing for a limit of \(limit)", found: "\(none.count) records")
        }
        var total = 0
        for _ in 0..<20 {
            let removed = try await store.removeAll(matching: tag, limit: 3, at: now)
            try checker.require(removed.count <= 3, "at most 3", found: "\(removed.count)")
            total += removed.count
            if removed.isEmpty { break }
        }
        try checker.require(total == 10, "all ten in the end", found: "\(total)")
    }

    private func expiredIsNotReturnedByRemoveAll() async throws {
        let tag = try checker.freshTag()
        let keys = try await create(12, under: [tag])
        guard let survivor = keys.max() else { return }
        _ = try await store.touch(survivor, until: checker.at(500), at: now)
        let removed = try await store.removeAll(matching: tag, limit: 2, at: checker.at(100))
        try checker.require(removed.count == 1, "the one live record", found: "\(removed.count) records")
        try checker.require(try await store.read(survivor, at: checker.at(100)), is: nil, what: "the removed record")
    }

    private func concurrentCreationsAreFound() async throws {
        let tag = try checker.freshTag()
        let other = try checker.freshTag()
        let keys = try await checker.together { task in
            var kept: Set<SessionKey> = []
            for round in 0..<checker.kit.rounds {
                let key = checker.freshKey()
                try await checker.create(checker.sample("\(task)", tags: [tag, other]), under: key)
                if round.isMultiple(of: 3) { _ = try await store.remove(key, at: now) } else { kept.insert(key) }
            }
            return kept
        }
        try await requireFound(keys.reduce(into: []) { $0.formUnion($1) }, under: tag)
    }

    private func eachRecordGoesToOneRemoval() async throws {
        let tag = try checker.freshTag()
        _ = try await create(20, under: [tag])
        let removed = try await checker.together { _ in
            var mine: [SessionRecord] = []
            while mine.count <= 20 {
                let page = try await store.removeAll(matching: tag, limit: 3, at: now)
                guard !page.isEmpty else { break }
                mine += page
            }
            return mine
        }
        let payloads = removed.flatMap { $0 }.map(\.secrets)
        try checker.require(
            payloads.count == 20 && Set(payloads).count == 20, "each of twenty records once",
            found: "\(payloads.count) records, \(Set(payloads).count) different")
    }
}
