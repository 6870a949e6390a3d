public import SessionStore

/// Checks the laws of session stores on any store, with any test framework:
///
/// ```swift
/// @Test(arguments: SessionStoreLaw.allCases)
/// func keeps(_ law: SessionStoreLaw) async throws {
///     try await SessionStoreKit().check(law) { MyStore() }
/// }
/// ```
///
/// Each check asks for an empty store and uses fresh random keys. Nothing sleeps and nothing reads a clock.
public struct SessionStoreKit: Sendable {
    /// Where the random sequences of calls begin; the same seed gives the same calls.
    public var seed: UInt64
    /// How many tasks work at the same time where a law is about that.
    public var tasks: Int
    /// How often each of them tries.
    public var rounds: Int
    /// How many calls a random sequence has.
    public var steps: Int

    /// A kit with the given sizes; the defaults take a store on a disk a few seconds for all laws.
    public init(seed: UInt64 = 1, tasks: Int = 8, rounds: Int = 25, steps: Int = 1_000) {
        self.seed = seed
        self.tasks = max(tasks, 2)
        self.rounds = max(rounds, 1)
        self.steps = max(steps, 1)
    }

    /// Checks one law of all stores.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeStore: gives an empty store.
    /// - Throws: ``SessionStoreLawError``; a store that throws where it should answer violates the law too.
    @concurrent
    public func check(
        _ law: SessionStoreLaw, on makeStore: @Sendable () async throws -> any SessionStore
    ) async throws(SessionStoreLawError) {
        try await judge(law.rawValue) {
            try await LawChecker(law: law.rawValue, store: try await makeStore(), kit: self).run(law)
        }
    }

    /// Checks one law of stores with an index.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeStore: gives an empty store.
    /// - Throws: ``SessionStoreLawError``.
    @concurrent
    public func check(
        _ law: IndexedStoreLaw, on makeStore: @Sendable () async throws -> any IndexedSessionStore
    ) async throws(SessionStoreLawError) {
        try await judge(law.rawValue) {
            let store = try await makeStore()
            try await IndexLawChecker(checker: LawChecker(law: law.rawValue, store: store, kit: self), store: store)
                .run(
                    law)
        }
    }

    /// Checks one law of durable stores.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - open: opens the same store at each call; it is empty before the check.
    /// - Throws: ``SessionStoreLawError``.
    @concurrent
    public func check(
        _ law: DurableStoreLaw, on open: @escaping @Sendable () async throws -> any SessionStore
    ) async throws(SessionStoreLawError) {
        try await judge(law.rawValue) {
            let checker = LawChecker(law: law.rawValue, store: try await open(), kit: self)
            try await DurabilityLawChecker(checker: checker, reopen: open).run(law)
        }
    }

    /// Checks one law of stores that several processes share.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - open: opens the same store at each call; it is empty before the check.
    /// - Throws: ``SessionStoreLawError``.
    @concurrent
    public func check(
        _ law: SharedStoreLaw, on open: @escaping @Sendable () async throws -> any SessionStore
    ) async throws(SessionStoreLawError) {
        try await judge(law.rawValue) {
            let checker = LawChecker(law: law.rawValue, store: try await open(), kit: self)
            try await SharingLawChecker(checker: checker, other: try await open()).run(law)
        }
    }

    /// Checks one law of stores that keep files, on copies of them.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - directory: an empty directory for the files.
    ///   - open: opens the store whose files are in the directory that it is given, the only ones there.
    /// - Throws: ``SessionStoreLawError``.
    @concurrent
    public func check(
        _ law: StoreFilesLaw, below directory: String,
        on open: @escaping @Sendable (String) async throws -> any SessionStore
    ) async throws(SessionStoreLawError) {
        try await judge(law.rawValue) {
            try await FilesLawChecker(law: law.rawValue, kit: self, directory: directory, open: open).run(law)
        }
    }

    func judge(_ law: String, _ body: () async throws -> Void) async throws(SessionStoreLawError) {
        do { try await body() } catch let violation as SessionStoreLawError { throw violation } catch {
            throw SessionStoreLawError(law: law, expectation: "the store answers", found: "it threw \(error)")
        }
    }
}
