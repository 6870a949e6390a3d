import OAuthTypes
public import SessionStore

/// A kill in the middle of a call takes two processes: one writes until it is killed, the other one kills it and looks
/// at what is left.
///
/// ```swift
/// // The one that is killed, with its standard output in a file or pipe of the other one:
/// try await SessionStoreKit(seed: cycle).writeUntilKilled(MyStore()) { print($0); fflush(nil) }
/// // The other one, after the kill:
/// try await SessionStoreKit(seed: cycle).check(MyStore(), holds: lines)
/// ```
extension SessionStoreKit {
    /// Creates, updates and removes records, one call after the other, until the process ends.
    /// - Parameters:
    ///   - store: the store; several writers at once take a kit with a seed of its own each.
    ///   - report: keeps a line where a kill does not reach it, before it returns.
    /// - Throws: what the store or `report` throws.
    @concurrent
    public func writeUntilKilled(
        _ store: any SessionStore, report: @Sendable (String) throws -> Void
    ) async throws {
        let checker = KillLawChecker(kit: self, store: store)
        for state in 1... { try await checker.step(state, report) }
    }

    /// Checks that nothing is lost, back, halved or missing in the index, of all that a killed process was answered.
    /// - Parameters:
    ///   - store: the same store, opened again.
    ///   - lines: what ``writeUntilKilled(_:report:)`` reported with the same seed; the last line may be cut short.
    /// - Throws: ``SessionStoreLawError``.
    @concurrent
    public func check(_ store: any SessionStore, holds lines: [String]) async throws(SessionStoreLawError) {
        try await judge(KillLawChecker.law) { try await KillLawChecker(kit: self, store: store).check(lines) }
    }
}

/// Records by number, each in numbered states, so that a line of a report is three words.
private struct KillLawChecker: Sendable {
    static let law = "A process that is killed at any moment loses nothing that was acknowledged."

    private static let recordCount = 24

    private let checker: LawChecker

    init(kit: SessionStoreKit, store: any SessionStore) {
        checker = LawChecker(law: Self.law, store: store, kit: kit)
    }

    private func octets(_ name: String, _ number: Int) -> [UInt8] {
        SessionKey(kind: .session, digestOf: Array("\(name) \(checker.kit.seed) \(number)".utf8)).digest
    }

    private func key(_ number: Int) throws(SessionStoreLawError) -> SessionKey {
        guard let key = SessionKey(kind: .session, digest: octets("key", number)) else { throw malformed }
        return key
    }

    private func tag() throws(SessionStoreLawError) -> IndexTag { try checker.tag(Array(octets("tag", 0).prefix(16))) }

    private func record(_ state: Int) throws(SessionStoreLawError) -> SessionRecord {
        guard let revision = Revision(octets: Array(octets("state", state).prefix(16))) else { throw malformed }
        var record = checker.sample("state \(state)", tags: [try tag()])
        record.revision = revision
        return record
    }

    private var malformed: SessionStoreLawError {
        SessionStoreLawError(law: checker.law, expectation: "32 octets of digest", found: "another number")
    }

    /// One call about one record, which takes it to `state`; zero means that it is removed.
    func step(_ state: Int, _ report: (String) throws -> Void) async throws {
        let number = Int(octets("step", state)[0]) % Self.recordCount
        let key = try key(number)
        let found = try await checker.store.read(key, at: checker.now)
        let isRemoval = found != nil && octets("step", state)[1].isMultiple(of: 4)
        try report("begin \(number) \(isRemoval ? 0 : state)")
        if isRemoval {
            _ = try await checker.store.remove(key, at: checker.now)
        } else {
            let condition = found.map { WriteCondition.revision($0.revision) } ?? .absent
            let accepted = try await checker.store.write(record(state), for: key, if: condition, at: checker.now)
            try checker.require(accepted, "no other writer changes the record", found: "another writer did")
        }
        try report("end \(number) \(isRemoval ? 0 : state)")
    }

    func check(_ lines: [String]) async throws {
        var allowed = Array(repeating: [0], count: Self.recordCount)
        for words in lines.map({ $0.split(separator: " ") }) where words.count == 3 {
            guard let number = Int(words[1]), let state = Int(words[2]), allowed.indices.contains(number) else {
                continue
            }
            if words[0] == "begin" { allowed[number].append(state) }
            if words[0] == "end" { allowed[number] = [state] }
        }
        var live: Set<SessionKey> = []
        for number in allowed.indices {
            let key = try key(number)
            let found = try await checker.store.read(key, at: checker.now)
            let states = try allowed[number].map { $0 == 0 ? nil : try record($0) }
            try checker.require(
                states.contains(found), "record \(number) in state \(allowed[number])", found: "another state")
            if found != nil { live.insert(key) }
        }
        try await checker.require(live, areFoundUnder: try tag(), in: checker.store)
    }
}
