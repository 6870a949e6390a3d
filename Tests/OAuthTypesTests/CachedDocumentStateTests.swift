import OAuthTypes
import Testing

@Suite struct CachedDocumentStateTests {
    typealias State = CachedDocumentState<String>

    @Test func fetchesOnceAndServesWhileFresh() throws {
        var state = State(policy: CachePolicy())
        let mark = try #require(fetch(state.need(at: 1000)))
        #expect(isWait(state.need(at: 1000)))
        state.succeeded(mark, with: "a", age: 600, at: 1001)
        #expect(served(state.need(at: 1001)) == "a")
        #expect(served(state.need(at: 1600)) == "a")
        #expect(fetch(state.need(at: 1601)) != nil)
    }

    @Test(
        arguments: [(nil, 3600), (0, 60), (-5, 60), (Int64.min, 60), (7200, 7200), (Int64.max, 86_400)]
            as [(Int64?, Int64)])
    func boundsTheAgeAServerNames(_ named: Int64?, kept: Int64) throws {
        var state = State(policy: CachePolicy())
        state.succeeded(try #require(fetch(state.need(at: 1000))), with: "a", age: named, at: 1000)
        #expect(state.entry?.freshUntil == UnixTime(seconds: 1000 + kept))
    }

    @Test func servesStaleWhileAFetchIsInFlightAndAfterItFailed() throws {
        var state = try stateHolding("a", at: 1000, age: 60)
        let mark = try #require(fetch(state.need(at: 1060)))
        #expect(served(state.need(at: 1060)) == "a")
        state.failed(mark, at: 1061)
        #expect(served(state.need(at: 1061)) == "a")
        #expect(state.servableEntry(at: 1061)?.value == "a")
    }

    @Test func servesNothingBeyondStaleIfError() throws {
        var state = try stateHolding("a", at: 1000, age: 60)
        let end = UnixTime(seconds: 1060 + 86_400)
        let mark = try #require(fetch(state.need(at: end.adding(seconds: -2))))
        state.failed(mark, at: end.adding(seconds: -2))
        #expect(served(state.need(at: end.adding(seconds: -2))) == "a")
        #expect(fetch(state.need(at: end)) != nil)
        #expect(isWait(state.need(at: end)))
        #expect(state.servableEntry(at: end) == nil)
    }

    @Test func backsOffTwiceAsLongAfterEachFailureUpToABound() throws {
        var state = State(policy: CachePolicy())
        var now = UnixTime(seconds: 1000)
        for wait: Int64 in [1, 2, 4, 8, 16, 32, 60, 60] {
            state.failed(try #require(fetch(state.need(at: now))), at: now)
            #expect(isGiveUp(state.need(at: now.adding(seconds: wait - 1))))
            now = now.adding(seconds: wait)
        }
        for _ in 0..<200 {
            state.failed(try #require(fetch(state.need(at: now))), at: now)
            now = now.adding(seconds: 60)
        }
    }

    @Test func forgetsTheBackOffAfterASuccess() throws {
        var state = State(policy: CachePolicy())
        state.failed(try #require(fetch(state.need(at: 1000))), at: 1000)
        state.succeeded(try #require(fetch(state.need(at: 1001))), with: "a", age: 60, at: 1001)
        state.failed(try #require(fetch(state.need(at: 1061))), at: 1061)
        #expect(fetch(state.need(at: 1062)) != nil)
    }

    @Test func fetchesAtOnceForADirectQuestion() throws {
        var state = try stateHolding("a", at: 1000, age: 600)
        for _ in 0..<3 {
            let mark = try #require(fetch(state.needNewer(than: state.mark, cause: .direct, at: 1000)))
            state.succeeded(mark, with: "b", age: 600, at: 1000)
        }
    }

    @Test func fetchesForOutsideOncePerCooldown() throws {
        var state = try stateHolding("a", at: 1000, age: 600)
        let first = try #require(fetch(state.needNewer(than: state.mark, cause: .outside, at: 1000)))
        state.succeeded(first, with: "b", age: 600, at: 1000)
        #expect(isGiveUp(state.needNewer(than: state.mark, cause: .outside, at: 1059)))
        // The cooldown binds neither age nor direct questions.
        let direct = try #require(fetch(state.needNewer(than: state.mark, cause: .direct, at: 1059)))
        state.succeeded(direct, with: "c", age: 600, at: 1059)
        #expect(fetch(state.needNewer(than: state.mark, cause: .outside, at: 1060)) != nil)
    }

    @Test(arguments: [FetchCause.direct, .outside])
    func asksNobodyWhileBackingOff(_ cause: FetchCause) throws {
        var state = try stateHolding("a", at: 1000, age: 600)
        state.failed(try #require(fetch(state.needNewer(than: state.mark, cause: cause, at: 1000))), at: 1000)
        #expect(isGiveUp(state.needNewer(than: state.mark, cause: cause, at: 1000)))
        #expect(served(state.need(at: 1000)) == "a")
    }

    @Test func takesOnlyAFetchThatBeganAfterTheQuestion() throws {
        var state = try stateHolding("a", at: 1000, age: 60)
        let earlier = try #require(fetch(state.need(at: 1060)))
        let question = state.mark
        #expect(isWait(state.needNewer(than: question, cause: .direct, at: 1060)))
        state.succeeded(earlier, with: "b", age: 600, at: 1061)
        let later = try #require(fetch(state.needNewer(than: question, cause: .direct, at: 1061)))
        state.succeeded(later, with: "c", age: 600, at: 1062)
        #expect(served(state.needNewer(than: question, cause: .outside, at: 1062)) == "c")
    }

    @Test func aClockSetBackDoesNotStretchTheAge() throws {
        var state = try stateHolding("a", at: 1_000_000, age: 600)
        #expect(fetch(state.need(at: 1000)) != nil)
        #expect(served(state.need(at: 1000)) == "a")
    }

    @Test func aClockSetBackEndsTheBackOff() throws {
        var state = State(policy: CachePolicy())
        state.failed(try #require(fetch(state.need(at: 1_000_000))), at: 1_000_000)
        #expect(isGiveUp(state.need(at: 1_000_000)))
        #expect(fetch(state.need(at: 1000)) != nil)
    }

    @Test func aClockSetBackEndsTheCooldown() throws {
        var state = try stateHolding("a", at: 1000, age: 600)
        let mark = try #require(fetch(state.needNewer(than: state.mark, cause: .outside, at: 1_000_000)))
        state.succeeded(mark, with: "b", age: 600, at: 1_000_000)
        #expect(fetch(state.needNewer(than: state.mark, cause: .outside, at: 1000)) != nil)
    }

    @Test(arguments: [UnixTime.distantPast, .distantFuture])
    func survivesTheEndsOfTime(_ now: UnixTime) throws {
        var state = State(policy: CachePolicy())
        state.failed(try #require(fetch(state.need(at: now))), at: now)
        state = State(policy: CachePolicy())
        state.succeeded(try #require(fetch(state.need(at: now))), with: "a", age: .max, at: now)
        _ = state.needNewer(than: state.mark, cause: .outside, at: now)
    }

    private func stateHolding(_ value: String, at now: UnixTime, age: Int64) throws -> State {
        var state = State(policy: CachePolicy())
        state.succeeded(try #require(fetch(state.need(at: now))), with: value, age: age, at: now)
        return state
    }

    private func served(_ action: State.Action) -> String? {
        if case .serve(let entry) = action { entry.value } else { nil }
    }

    private func fetch(_ action: State.Action) -> FetchMark? {
        if case .fetch(let mark) = action { mark } else { nil }
    }

    private func isWait(_ action: State.Action) -> Bool {
        if case .wait = action { true } else { false }
    }

    private func isGiveUp(_ action: State.Action) -> Bool {
        if case .giveUp = action { true } else { false }
    }
}

extension UnixTime: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int64) { self.init(seconds: value) }
}
