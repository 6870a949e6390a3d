import OAuthTypes
import SessionStore

extension LawChecker {
    func absentReadsAsNil() async throws {
        try require(try await store.read(freshKey(), at: now), is: nil, what: "the answer")
    }

    func readReturnsWhatWasWritten() async throws {
        let key = freshKey()
        let record = try await create(sample(tags: [try freshTag(), try freshTag()]), under: key)
        try require(try await store.read(key, at: now), is: record, what: "what is read")
    }

    func payloadsAreOpaque() async throws {
        let every = Array(UInt8.min...UInt8.max)
        let payloads = [[], [0], every, Array(every.reversed()), Array(repeating: 0xFF, count: 60_000)]
        for octets in payloads {
            let key = freshKey()
            var record = sample()
            record.summary = SealedPayload(octets: octets)
            record.secrets = SealedPayload(octets: octets + octets)
            try await create(record, under: key)
            try require(try await store.read(key, at: now), is: record, what: "what is read")
        }
    }

    func keysAreComparedWhole() async throws {
        let key = freshKey()
        try await create(sample(), under: key)
        for index in key.digest.indices {
            var digest = key.digest
            digest[index] ^= 1
            guard let other = SessionKey(kind: key.kind, digest: digest) else { continue }
            let found = try await store.read(other, at: now)
            try require(found, is: nil, what: "a key that differs in octet \(index)")
        }
    }

    func kindsAreApart() async throws {
        let digest = freshKey().digest
        let keys = SessionKey.Kind.allCases.compactMap { SessionKey(kind: $0, digest: digest) }
        for key in keys { try await create(sample("\(key.kind)"), under: key) }
        for key in keys {
            let found = try await store.read(key, at: now)
            let expected = SealedPayload(octets: Array("\(key.kind)".utf8))
            try require(found?.secrets == expected, "each kind reads its own record", found: "another one")
        }
    }

    func createNeedsAbsence() async throws {
        let key = freshKey()
        try await create(sample("first"), under: key)
        let accepted = try await store.write(sample("second"), for: key, if: .absent, at: now)
        try require(!accepted, "the second creation is refused", found: "it was accepted")
    }

    func updateNeedsTheRevision() async throws {
        let key = freshKey()
        let first = try await create(sample("first"), under: key)
        let foreign = try await store.write(sample("second"), for: key, if: .revision(Revision()), at: now)
        try require(!foreign, "an update from a foreign revision is refused", found: "it was accepted")
        let accepted = try await store.write(sample("third"), for: key, if: .revision(first.revision), at: now)
        try require(accepted, "an update from the current revision is accepted", found: "it was refused")
        let stale = try await store.write(sample("fourth"), for: key, if: .revision(first.revision), at: now)
        try require(!stale, "an update from the revision before is refused", found: "it was accepted")
    }

    func updateNeverCreates() async throws {
        let key = freshKey()
        let record = sample()
        let accepted = try await store.write(record, for: key, if: .revision(record.revision), at: now)
        try require(!accepted, "the update is refused", found: "it was accepted")
        try require(try await store.read(key, at: now), is: nil, what: "what is read afterwards")
    }

    func refusedWriteChangesNothing() async throws {
        let key = freshKey()
        let record = try await create(sample("first", tags: [try freshTag()]), under: key)
        let conditions: [WriteCondition] = [.absent, .revision(Revision())]
        for condition in conditions {
            guard try await !store.write(sample("second"), for: key, if: condition, at: now) else { continue }
            try require(try await store.read(key, at: now), is: record, what: "what is read after a refused write")
        }
    }

    func acceptedWriteReplacesEverything() async throws {
        let key = freshKey()
        let first = try await create(sample("first", tags: [try freshTag()]), under: key)
        var second = sample("second", tags: [try freshTag(), try freshTag()])
        second.idleEnd = at(50)
        second.absoluteEnd = at(60)
        _ = try await store.write(second, for: key, if: .revision(first.revision), at: now)
        try require(try await store.read(key, at: now), is: second, what: "what is read after the update")
        try require(try await store.read(key, at: at(50)), is: nil, what: "what is read after its end")
    }
}
