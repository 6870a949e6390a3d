import Concurrency
import OAuthTypes
import Testing

@Suite(.timeLimit(.minutes(5))) struct CachedDocumentTests {
    private let clock = HandSetClock(1000)
    private let server = HeldServer()

    @Test func fetchesOnceForAThousandCallers() async throws {
        let document = makeDocument()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<1000 { group.addTask { try await document.value() } }
            await server.arrival()
            await server.answer(7)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 7, count: 1000))
        #expect(await server.requests == 1)
        #expect(document.entry?.value == 7)
    }

    @Test func givesAThousandCallersTheOneFailure() async throws {
        let document = makeDocument()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    do { return try await document.value() < 0 } catch {
                        return error is RefusalError || error is CachedDocument<Int>.UnavailableError
                    }
                }
            }
            await server.arrival()
            await server.fail()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 1000)
        #expect(await server.requests == 1)
        #expect(document.entry == nil)
    }

    @Test func asksAgainAfterTheBackOff() async throws {
        let document = makeDocument()
        await #expect(throws: RefusalError.self) { try await refusing { try await document.value() } }
        await #expect(throws: CachedDocument<Int>.UnavailableError.self) { try await document.value() }
        clock.set(1001)
        #expect(try await answering(3) { try await document.value() } == 3)
    }

    @Test func servesTheStaleDocumentWhenItsRenewalFails() async throws {
        let document = makeDocument()
        _ = try await answering(1) { try await document.value() }
        clock.set(1000 + 3600)
        #expect(try await refusing { try await document.value() } == 1)
        #expect(try await document.value() == 1)
        #expect(await server.requests == 2)
    }

    @Test func servesTheStaleDocumentAtOnceWhileItIsRenewed() async throws {
        let document = makeDocument()
        _ = try await answering(1) { try await document.value() }
        clock.set(1000 + 3600)
        async let renewed = document.value()
        await server.arrival()
        #expect(try await document.value() == 1)
        await server.answer(2)
        #expect(try await renewed == 2)
    }

    @Test func neverServesAStaleDocumentToWhomItDoesNotFit() async throws {
        let document = makeDocument()
        _ = try await answering(1) { try await document.value() }
        let mark = document.mark
        await #expect(throws: RefusalError.self) {
            try await refusing { try await document.value(newerThan: mark, cause: .direct) }
        }
        #expect(document.entry?.value == 1)
    }

    @Test func fetchesAgainWhenTheFetchInFlightBeganBeforeTheQuestion() async throws {
        let document = makeDocument()
        async let first = document.value()
        await server.arrival()
        let mark = document.mark
        async let second = document.value(newerThan: mark, cause: .direct)
        await server.answer(1)
        #expect(try await first == 1)
        await server.arrival()
        await server.answer(2)
        #expect(try await second == 2)
        #expect(await server.requests == 2)
    }

    @Test func oneFetchAnswersAllQuestionsThatCameBeforeIt() async throws {
        let document = makeDocument()
        _ = try await answering(1) { try await document.value() }
        let mark = document.mark
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<1000 { group.addTask { try await document.value(newerThan: mark, cause: .outside) } }
            await server.arrival()
            await server.answer(2)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values.allSatisfy { $0 == 2 })
        #expect(await server.requests == 2)
    }

    @Test func refusesOutsideWithinTheCooldown() async throws {
        let document = makeDocument()
        _ = try await answering(1) { try await document.value(newerThan: document.mark, cause: .outside) }
        await #expect(throws: CachedDocument<Int>.UnavailableError.self) {
            try await document.value(newerThan: document.mark, cause: .outside)
        }
        #expect(await server.requests == 1)
    }

    // Were the document asked for again after landing, an age of nothing would fetch for ever.
    @Test func endsEvenWhenTheDocumentIsNeverFresh() async throws {
        var policy = CachePolicy()
        policy.ageBounds = 0...0
        policy.staleIfError = 0
        let document = makeDocument(policy)
        #expect(try await answering(1) { try await document.value() } == 1)
        #expect(try await answering(2) { try await document.value(newerThan: document.mark, cause: .direct) } == 2)
        #expect(await server.requests == 2)
    }

    @Test func aCancelledCallerDoesNotEndTheFetch() async throws {
        let document = makeDocument()
        let caller = Task { try await document.value() }
        await server.arrival()
        caller.cancel()
        async let other = document.value()
        await server.answer(5)
        #expect(try await other == 5)
        #expect(try await caller.value == 5)
        #expect(await server.requests == 1)
        #expect(await !server.sawCancellation)
    }

    @Test func isFreedWhenItsFetchHasEnded() async throws {
        weak var freed: CachedDocument<Int>?
        do {
            let document = makeDocument()
            _ = try await answering(1) { try await document.value() }
            freed = document
            #expect(freed != nil)
        }
        // The fetch's task lets go of the document on its own thread, soon after the callers have their value.
        for _ in 0..<1_000_000 where freed != nil { await Task.yield() }
        #expect(freed == nil)
    }

    private func makeDocument(_ policy: CachePolicy = CachePolicy()) -> CachedDocument<Int> {
        let (clock, server) = (clock, server)
        return CachedDocument(policy: policy, clock: WallClock { clock.now }) { try await server.fetch() }
    }

    private func answering(_ value: Int, _ ask: @escaping @Sendable () async throws -> Int) async throws -> Int {
        async let asked = ask()
        await server.arrival()
        await server.answer(value)
        return try await asked
    }

    private func refusing(_ ask: @escaping @Sendable () async throws -> Int) async throws -> Int {
        async let asked = ask()
        await server.arrival()
        await server.fail()
        return try await asked
    }
}

private struct RefusalError: Error {}

private final class HandSetClock: Sendable {
    private let time: Lock<UnixTime>

    init(_ seconds: Int64) { time = Lock(UnixTime(seconds: seconds)) }

    var now: UnixTime { time.withLock { $0 } }

    func set(_ seconds: Int64) { time.withLock { $0 = UnixTime(seconds: seconds) } }
}

/// A server that answers when the test says so.
private actor HeldServer {
    private(set) var requests = 0
    private(set) var sawCancellation = false
    private var held: CheckedContinuation<Int, any Error>?
    private var watcher: CheckedContinuation<Void, Never>?

    func fetch() async throws -> CachedDocument<Int>.Fetched {
        requests += 1
        let value = try await withCheckedThrowingContinuation { continuation in
            held = continuation
            watcher?.resume()
            watcher = nil
        }
        sawCancellation = sawCancellation || Task.isCancelled
        return CachedDocument.Fetched(value, age: nil)
    }

    /// Returns once a request is held.
    func arrival() async {
        guard held == nil else { return }
        await withCheckedContinuation { watcher = $0 }
    }

    func answer(_ value: Int) {
        held?.resume(returning: value)
        held = nil
    }

    func fail() {
        held?.resume(throwing: RefusalError())
        held = nil
    }
}
