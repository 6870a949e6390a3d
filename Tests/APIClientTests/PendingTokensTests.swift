import APIClient
import OAuthTypes
import Testing
import WireFormats

/// New tokens are never thrown away: they are durable before their ID token is checked.
@Suite struct PendingTokensTests {
    let clock = HandClock()
    let tasks = RefreshTasks()

    private func memory(lasting life: Int64? = 0) -> MemoryTokenStore {
        MemoryTokenStore(StoredTokenSet(tokens("a0", lasting: life, refresh: "r0", at: clock.now)))
    }

    private func source(
        _ tokenStore: any TokenStore, _ refresher: any TokenRefresher, policy: RefreshPolicy = RefreshPolicy()
    ) -> RefreshingTokenSource {
        RefreshingTokenSource(
            tokenStore: tokenStore, refresher: refresher, policy: policy, clock: clock.wall, sleeper: .yielding,
            tasks: tasks)
    }

    /// Rotates, with an ID token in each response.
    private func rotating(_ judge: @escaping @Sendable (TokenSet, Int) async -> TokenCheck) -> ClosureRefresher {
        ClosureRefresher(
            { [clock] _, number in
                tokens("a\(number + 1)", refresh: "r\(number + 1)", idToken: "i\(number + 1)", at: clock.now)
            }, judge: judge)
    }

    private func reason(_ source: RefreshingTokenSource) async -> AccessTokenError? {
        await failure { () async throws(AccessTokenError) in try await source.accessToken() }
    }

    @Test func anAccessTokenIsHandedOutOnlyAfterItsIDTokenWasChecked() async throws {
        let tokenStore = memory()
        let refresher = rotating { _, _ in
            let entry = try? await tokenStore.current(TokenTarget())
            #expect(entry?.access?.token.exposedText == "a0")
            #expect(entry?.refresh.token?.exposedText == "r1", "the successor is durable before the check")
            #expect(entry?.refresh.pending?.tokens.accessToken?.exposedText == "a1")
            return .accepted
        }
        #expect(try await source(tokenStore, refresher).accessToken().exposedText == "a1")
        let entry = try await tokenStore.current(TokenTarget())
        #expect(entry.refresh.pending == nil)
        #expect(entry.refresh.attempt == nil)
    }

    @Test func keysThatAreAwayForAMomentAreNotNoticed() async throws {
        let refresher = rotating { _, number in number < 2 ? .unavailable : .accepted }
        #expect(try await source(memory(), refresher).accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test func whileTokensArePendingNothingIsSentAndTheCheckIsTriedAgainWithPauses() async throws {
        let tokenStore = memory()
        let keysAreBack = Gate()
        let refresher = rotating { _, _ in keysAreBack.isOpen ? .accepted : .unavailable }
        let source = source(tokenStore, refresher)
        for pause in [Int64(2), 4, 8, 16, 32, 60, 60] {
            let checks = refresher.checks.count
            guard case .unverified(let until) = await reason(source) else {
                Issue.record("expected that the tokens are not checked yet")
                return
            }
            #expect((pause / 2...pause).contains(until.seconds(since: clock.now)))
            #expect(refresher.checks.count > checks)
            let checked = refresher.checks.count
            guard case .unverified = await reason(source) else {
                Issue.record("expected the same during the pause")
                return
            }
            #expect(refresher.checks.count == checked)
            clock.advance(pause)
        }
        keysAreBack.open()
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
        // A late check uses the time at which the token arrived.
        #expect(Set(refresher.checks.map(\.receivedAt)).count == 1)
        clock.advance(3600)
        #expect(try await source.accessToken().exposedText == "a2")
        #expect(refresher.sent == ["r0", "r1"])
    }

    @Test func meanwhileTheOldTokenServesToItsEnd() async throws {
        let refresher = rotating { _, _ in .unavailable }
        let source = source(memory(lasting: 3600), refresher)
        clock.advance(3580)
        for _ in 0..<3 { #expect(try await source.accessToken().exposedText == "a0") }
        #expect(refresher.checks.count == 1, "no caller waits for a check that is not urgent")
        clock.advance(20)
        guard case .unverified = await reason(source) else {
            Issue.record("expected that the tokens are not checked yet")
            return
        }
        #expect(refresher.sent == ["r0"])
    }

    @Test func tokensThatEndedBeforeTheirCheckAreReplaced() async throws {
        let keysAreBack = Gate()
        let refresher = rotating { _, _ in keysAreBack.isOpen ? .accepted : .unavailable }
        let source = source(memory(), refresher)
        guard case .unverified = await reason(source) else {
            Issue.record("expected that the tokens are not checked yet")
            return
        }
        clock.advance(4000)
        keysAreBack.open()
        #expect(try await source.accessToken().exposedText == "a2")
        #expect(refresher.sent == ["r0", "r1"])
    }

    @Test func anIDTokenThatIsRefusedEndsInOneLoginAndSendsNoTokenAgain() async throws {
        let tokenStore = memory(lasting: 3600)
        let refresher = rotating { _, _ in .refused(.init(code: "wrong_nonce")) }
        let source = source(tokenStore, refresher)
        clock.advance(3580)
        #expect(try await source.accessToken().exposedText == "a0", "the old one serves to its end")
        clock.advance(20)
        for _ in 0..<5 {
            guard case .loginNeeded(.idTokenRefused("wrong_nonce")) = await reason(source) else {
                Issue.record("expected that a login is needed")
                return
            }
            clock.advance(100)
        }
        #expect(refresher.sent == ["r0"])
        #expect(refresher.checks.count == 1)
        #expect(try await tokenStore.current(TokenTarget()).refresh.token == nil)
    }

    /// A process dies at each point; another one continues with what is in the token store.
    @Test(arguments: MortalTokenStore.Step.allCases) func aCrashLeavesADefinedState(_ step: MortalTokenStore.Step)
        async throws
    {
        let memory = memory()
        let refresher = rotating { _, _ in .accepted }
        let first = source(MortalTokenStore(memory, dyingAt: step), refresher)
        guard case .tokenStore = await reason(first) else {
            Issue.record("expected that the process is dead")
            return
        }
        let second = source(memory, refresher)
        clock.advance(30 + RefreshPolicy.clockSkew.wholeSeconds)
        switch step {
        case .beforeTheLease, .checked, .arrivalWritten, .verdictWritten:
            #expect(try await second.accessToken().exposedText == "a1")
            #expect(refresher.sent == ["r0"])
        case .leaseWritten, .arrived:
            // It is unknown whether the server has replaced the token.
            guard case .loginNeeded(.outcomeUnknown) = await reason(second) else {
                Issue.record("expected an unknown outcome")
                return
            }
            #expect(refresher.sent == (step == .arrived ? ["r0"] : []))
        }
        await tasks.finished()
    }

    @Test func aTokenStoreThatFailsForAWhileKeepsWhatArrivedAndChecksIt() async throws {
        for fault in FaultyTokenStore.Fault.allCases {
            let tokenStore = FaultyTokenStore(memory(), settleFaults: Array(repeating: fault, count: 3))
            let refresher = rotating { _, _ in .accepted }
            let source = source(tokenStore, refresher)
            guard case .tokenStore = await reason(source) else {
                Issue.record("expected the tokenStore's failure")
                return
            }
            await tasks.finished()
            #expect(try await source.accessToken().exposedText == "a1")
            #expect(refresher.sent == ["r0"])
        }
    }

    @Test func severalProcessesCheckOnce() async throws {
        let tokenStore = FaultyTokenStore(memory())
        let refresher = rotating { _, _ in
            while tokenStore.reads < 200 { await Task.yield() }
            return .accepted
        }
        let patient = RefreshPolicy(maximumWait: .seconds(100_000_000))
        let sources = (0..<4).map { _ in source(tokenStore, refresher, policy: patient) }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 { group.addTask { try await sources[number % 4].accessToken().exposedText } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == ["a1"])
        #expect(refresher.sent == ["r0"])
        #expect(refresher.checks.count == 1)
    }

    @Test func pendingTokensOutliveTheProcess() async throws {
        var stored = StoredTokenSet(tokens("a0", lasting: 0, refresh: "r0", at: clock.now))
        let target = TokenTarget(audience: "https://other.example", scope: try Scope("x"))
        let attempt = RefreshAttempt(id: [1], startedAt: clock.now, deadline: clock.now.adding(seconds: 30))
        let leased = stored.lease(stored.entry(for: target), as: attempt)
        let entry = try #require(leased)
        let arrived = tokens("a1", refresh: "r1", idToken: "i1", at: clock.now)
        let pending = stored.settle(attempt, of: entry, with: .arrived(arrived))
        var read = try #require(StoredTokenSet(encodedSecrets: stored.encodedSecrets()))
        let kept = try #require(read.entry(for: TokenTarget()).refresh.pending)
        #expect(kept.target == target)
        #expect(kept.tokens.accessToken?.exposedText == "a1")
        #expect(kept.tokens.idToken?.exposedText == "i1")
        #expect(kept.tokens.expiresAt == arrived.expiresAt)
        #expect(kept.tokens.receivedAt == arrived.receivedAt)
        #expect(read.refreshToken?.exposedText == "r1")
        // Settling an arrival or a check twice changes nothing.
        _ = read.settle(attempt, of: entry, with: .arrived(tokens("a9", refresh: "r9", idToken: "i9", at: clock.now)))
        let settled = read.settle(attempt, of: pending, with: .verified)
        #expect(settled.access?.token.exposedText == "a1")
        #expect(read.settle(attempt, of: pending, with: .discarded(.init(code: "late"))).refresh.token != nil)
        #expect(read.entry(for: TokenTarget()).access?.token.exposedText == "a0")
    }

    /// A process of the previous release ignores pending tokens. It must find nothing that looks like a lost refresh.
    @Test func aProcessOfTheReleaseBeforeCanGoOnWithThePendingSuccessor() async throws {
        var stored = StoredTokenSet(tokens("a0", lasting: 0, refresh: "r0", at: clock.now))
        let attempt = RefreshAttempt(id: [1], startedAt: clock.now, deadline: clock.now.adding(seconds: 30))
        let leased = stored.lease(stored.entry(for: TokenTarget()), as: attempt)
        let entry = try #require(leased)
        _ = stored.settle(attempt, of: entry, with: .arrived(tokens("a1", refresh: "r1", idToken: "i1", at: clock.now)))
        var document = try JSONReader.object(stored.encodedSecrets())
        var refresh = try #require(document["refresh"]?.objectValue)
        #expect(refresh["pending"] != nil)
        refresh["pending"] = nil
        document["refresh"] = .object(refresh)
        let read = try #require(StoredTokenSet(encodedSecrets: JSONWriter.bytes(document)))
        let refresher = ClosureRefresher { [clock] _, _ in tokens("a2", refresh: "r2", at: clock.now) }
        clock.advance(30 + RefreshPolicy.clockSkew.wholeSeconds)
        #expect(try await source(MemoryTokenStore(read), refresher).accessToken().exposedText == "a2")
        #expect(refresher.sent == ["r1"])
    }

    @Test func printsNoPendingToken() throws {
        var stored = StoredTokenSet(tokens("a0", refresh: "r0", at: clock.now))
        let attempt = RefreshAttempt(id: [1], startedAt: clock.now, deadline: clock.now)
        let leased = stored.lease(stored.entry(for: TokenTarget()), as: attempt)
        let entry = try #require(leased)
        let arrived = tokens("canary-a", refresh: "canary-r", idToken: "canary-i", at: clock.now)
        let pending = stored.settle(attempt, of: entry, with: .arrived(arrived))
        var dumped = ""
        dump(stored, to: &dumped)
        dump(pending, to: &dumped)
        dump(RefreshOutcome.arrived(arrived), to: &dumped)
        #expect(!(dumped + "\(stored)\(pending)").contains("canary"))
    }
}

/// A login whose provider issues no access token.
@Suite struct NoAccessTokenTests {
    let clock = HandClock()

    private func source(_ first: TokenSet, _ refresher: ClosureRefresher) -> RefreshingTokenSource {
        RefreshingTokenSource(
            tokenStore: MemoryTokenStore(StoredTokenSet(first)), refresher: refresher, clock: clock.wall,
            sleeper: .yielding)
    }

    @Test(arguments: [nil, "r0"]) func callsSayThatNoneIsIssued(refreshToken: String?) async throws {
        let refresher = ClosureRefresher { [clock] _, _ in tokens(nil, refresh: "r1", at: clock.now) }
        let source = source(tokens(nil, refresh: refreshToken, at: clock.now), refresher)
        for _ in 0..<3 {
            let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
            guard case .noneIssued = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect("\(error as Any)".contains("scope"))
            clock.advance(1000)
        }
        #expect(refresher.sent == (refreshToken == nil ? [] : ["r0"]))
    }

    @Test func aRefreshThatBringsNoneLeavesTheOldOneToItsEnd() async throws {
        let refresher = ClosureRefresher { [clock] _, _ in tokens(nil, refresh: "r1", at: clock.now) }
        let source = source(tokens("a0", refresh: "r0", at: clock.now), refresher)
        clock.advance(3580)
        for _ in 0..<3 { #expect(try await source.accessToken().exposedText == "a0") }
        clock.advance(20)
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .noneIssued = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refresher.sent == ["r0"])
    }
}

/// A token store whose process dies at a step: from then on every call throws, and nothing is written.
final class MortalTokenStore: TokenStore {
    enum Step: Int, Sendable, CaseIterable {
        case beforeTheLease, leaseWritten, arrived, arrivalWritten, checked, verdictWritten
    }

    struct DeadError: Error {}

    private let inner: MemoryTokenStore
    private let end: Step
    private let passed = Counter()

    init(_ inner: MemoryTokenStore, dyingAt step: Step) {
        self.inner = inner
        end = step
    }

    // Six points in the life of a refresh, two for each write.
    private func reach(_ point: Int) throws {
        if passed.value(atLeast: point) >= end.rawValue { throw DeadError() }
    }

    func current(_ target: TokenTarget) async throws -> TokenStoreEntry {
        if passed.value(atLeast: 0) >= end.rawValue, end != .beforeTheLease { throw DeadError() }
        return try await inner.current(target)
    }

    func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease? {
        try reach(0)
        let lease = try await inner.lease(entry, as: attempt)
        try reach(1)
        return lease
    }

    func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry {
        let isArrival = if case .arrived = outcome { true } else { false }
        try reach(isArrival ? 2 : 4)
        let entry = try await inner.settle(lease, with: outcome)
        try reach(isArrival ? 3 : 5)
        return entry
    }
}
