import APIClient
import OAuthTypes
import Testing

@Suite struct RefreshingTokenSourceTests {
    let clock = HandClock()
    let tasks = RefreshTasks()

    private func memory(_ access: String = "a0", lasting life: Int64? = 3600) -> MemoryTokenStore {
        MemoryTokenStore(StoredTokenSet(tokens(access, lasting: life, refresh: "r0", at: clock.now)))
    }

    private func source(
        _ tokenStore: any TokenStore, _ refresher: ClosureRefresher, policy: RefreshPolicy = RefreshPolicy()
    ) -> RefreshingTokenSource {
        RefreshingTokenSource(
            tokenStore: tokenStore, refresher: refresher, policy: policy, clock: clock.wall, sleeper: .yielding,
            tasks: tasks)
    }

    /// Rotates: the n-th refresh answers with a(n+1) and r(n+1).
    private func rotating(lasting life: Int64 = 3600) -> ClosureRefresher {
        ClosureRefresher { [clock] _, number in
            tokens("a\(number + 1)", lasting: life, refresh: "r\(number + 1)", at: clock.now)
        }
    }

    private func failing(_ error: TokenEndpointError) -> ClosureRefresher {
        ClosureRefresher { (_, _) throws(TokenEndpointError) in throw error }
    }

    private func loginReason(_ source: RefreshingTokenSource) async -> AccessTokenError.LoginReason? {
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .loginNeeded(let reason) = error else { return nil }
        return reason
    }

    @Test func usesALiveTokenAsItIs() async throws {
        let refresher = rotating()
        let source = source(memory(), refresher)
        clock.advance(3569)
        #expect(try await source.accessToken().exposedText == "a0")
        #expect(refresher.sent.isEmpty)
    }

    @Test func refreshesThirtySecondsBeforeTheEnd() async throws {
        let refresher = rotating()
        let source = source(memory(), refresher)
        clock.advance(3570)
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test func aShortLivedTokenIsNotRefreshedAtEveryCall() async throws {
        let refresher = rotating(lasting: 20)
        let source = source(memory(lasting: 20), refresher)
        clock.advance(14)
        #expect(try await source.accessToken().exposedText == "a0")
        clock.advance(1)
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test func aTokenWithoutAnEndIsReplacedOnlyWhenAnAPIRefusesIt() async throws {
        let refresher = rotating()
        let source = source(memory(lasting: nil), refresher)
        clock.advance(1_000_000_000)
        #expect(try await source.accessToken().exposedText == "a0")
        #expect(try await source.replacement(for: AccessToken("a0"))?.exposedText == "a1")
        // A caller that was refused with the old token finds the new one.
        #expect(try await source.replacement(for: AccessToken("a0"))?.exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test func usesTheSuccessorNextTime() async throws {
        let refresher = rotating()
        let source = source(memory(), refresher)
        for number in 1...3 {
            clock.advance(3600)
            #expect(try await source.accessToken().exposedText == "a\(number)")
        }
        #expect(refresher.sent == ["r0", "r1", "r2"])
    }

    @Test func keepsTheRefreshTokenWhenNoneComes() async throws {
        let refresher = ClosureRefresher { [clock] _, number in tokens("a\(number + 1)", at: clock.now) }
        let source = source(memory(), refresher)
        for _ in 1...3 {
            clock.advance(3600)
            _ = try await source.accessToken()
        }
        #expect(refresher.sent == ["r0", "r0", "r0"])
    }

    @Test func aThousandCallersCauseOneRefresh() async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0))
        let refresher = ClosureRefresher { [clock] _, _ in
            while tokenStore.reads < 1000 { await Task.yield() }
            return tokens("a1", refresh: "r1", at: clock.now)
        }
        let source = source(tokenStore, refresher)
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<1000 { group.addTask { try await source.accessToken().exposedText } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "a1", count: 1000))
        #expect(refresher.sent == ["r0"])
    }

    @Test(arguments: [2, 4]) func severalProcessesCauseOneRefresh(processes: Int) async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0))
        let refresher = ClosureRefresher { [clock] _, _ in
            while tokenStore.reads < 1000 { await Task.yield() }
            return tokens("a1", refresh: "r1", at: clock.now)
        }
        let patient = RefreshPolicy(maximumWait: .seconds(100_000_000))
        let sources = (0..<processes).map { _ in source(tokenStore, refresher, policy: patient) }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<1000 {
                group.addTask { try await sources[number % processes].accessToken().exposedText }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "a1", count: 1000))
        #expect(refresher.sent == ["r0"])
    }

    @Test func nobodyGetsAnothersToken() async throws {
        let refresher = ClosureRefresher { [clock] token, _ in
            await Task.yield()
            let user = token.exposedText.split(separator: ".")[1]
            return tokens("fresh.\(user)", lasting: 100, refresh: "refresh.\(user)", at: clock.now)
        }
        let transport = ClosureTransport { request, _ in
            let bearer = request.fields.onlyValue(named: "Authorization") ?? ""
            return TransportResponse(status: 200, body: Array(bearer.utf8))
        }
        let origin = try EndpointURL("https://api.example").origin
        let url = try EndpointURL("https://api.example/echo")
        let foreign = try await withThrowingTaskGroup(of: Bool.self) { group in
            let clients = (0..<1000).map { user in
                let first = tokens("stale.\(user)", lasting: 0, refresh: "refresh.\(user)", at: clock.now)
                let source = source(MemoryTokenStore(StoredTokenSet(first)), refresher)
                return APIClient(origins: [origin], source: source, transport: transport, clock: clock.wall)
            }
            for _ in 0..<10 {
                for (user, client) in clients.enumerated() {
                    group.addTask {
                        let response = try await client.send(APIRequest(.get, url))
                        return response.body != Array("Bearer fresh.\(user)".utf8)
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(foreign == 0)
        #expect(transport.sent.count == 10_000)
        #expect(refresher.sent.count == 1000)
    }

    @Test func aCancelledCallerDoesNotEndTheRefresh() async throws {
        let (started, finish) = (Gate(), Gate())
        let refresher = ClosureRefresher { [clock] _, _ in
            started.open()
            await finish.pass()
            return tokens(Task.isCancelled ? "cancelled" : "a1", refresh: "r1", at: clock.now)
        }
        let source = source(memory(lasting: 0), refresher)
        let caller = Task { try await source.accessToken().exposedText }
        await started.pass()
        caller.cancel()
        finish.open()
        await tasks.finished()
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
        _ = await caller.result
    }

    @Test func invalidGrantEndsRefreshingAtOnce() async throws {
        let refresher = failing(.rejected(OAuthErrorResponse(error: "invalid_grant"), status: 400))
        let source = source(memory(), refresher)
        clock.advance(3580)
        // The token lives for 20 s more.
        #expect(try await source.accessToken().exposedText == "a0")
        clock.advance(20)
        for _ in 0..<3 { #expect(await loginReason(source) == .refreshTokenRefused) }
        #expect(refresher.sent == ["r0"])
    }

    @Test func aRefusalNeverTellsTheServersDescription() {
        let response = OAuthErrorResponse(error: "invalid_client", errorDescription: "canary")
        #expect(!"\(AccessTokenError.refused(response))".contains("canary"))
    }

    @Test(arguments: [
        TokenEndpointError.transport(notSent), .contentType("text/html"),
    ])
    func otherFailuresBackOffAndKeepTheRefreshToken(_ error: TokenEndpointError) async throws {
        let refresher = failing(error)
        let source = source(memory(lasting: 0), refresher)
        var sent = 0
        for pause in [Int64(2), 4, 8, 16, 32, 60, 60] {
            let first = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
            #expect(first != nil)
            sent += 1
            #expect(refresher.sent.count == sent)
            let second = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
            guard case .backingOff(let until) = second else {
                Issue.record("\(String(describing: second))")
                return
            }
            #expect((pause / 2...pause).contains(until.seconds(since: clock.now)))
            #expect(refresher.sent.count == sent)
            clock.advance(pause)
        }
        #expect(Set(refresher.sent) == ["r0"])
    }

    @Test func aFailedRefreshAheadDoesNotFailTheCall() async throws {
        let refresher = failing(.transport(notSent))
        let source = source(memory(), refresher)
        clock.advance(3580)
        for _ in 0..<5 { #expect(try await source.accessToken().exposedText == "a0") }
        #expect(refresher.sent.count == 1)
    }

    @Test func aRefusedTokenIsNotHandedOutAgain() async throws {
        let source = source(memory(), failing(.transport(notSent)))
        let error = await failure { () async throws(AccessTokenError) in
            try await source.replacement(for: AccessToken("a0"))
        }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func afterAnUnknownOutcomeTheRefreshTokenIsNotSentAgain() async throws {
        let refresher = failing(.transport(outcomeUnknown))
        let source = source(memory(), refresher)
        clock.advance(3580)
        #expect(try await source.accessToken().exposedText == "a0")
        clock.advance(20)
        for _ in 0..<3 { #expect(await loginReason(source) == .outcomeUnknown) }
        #expect(refresher.sent == ["r0"])
    }

    @Test func afterAnUnknownOutcomeItIsSentOnceMoreIfThePolicySaysSo() async throws {
        let refresher = failing(.transport(outcomeUnknown))
        let source = source(memory(lasting: 0), refresher, policy: RefreshPolicy(afterUnknownOutcome: .resendOnce))
        for _ in 0..<2 { #expect(await loginReason(source) == nil) }
        for _ in 0..<3 { #expect(await loginReason(source) == .outcomeUnknown) }
        #expect(refresher.sent == ["r0", "r0"])
    }

    /// Another process took the lease at the clock's time and died.
    private func tokenStoreOfTheDead() async throws -> MemoryTokenStore {
        let tokenStore = memory(lasting: 0)
        let attempt = RefreshAttempt(id: [1], startedAt: clock.now, deadline: clock.now.adding(seconds: 30))
        _ = try await tokenStore.lease(try await tokenStore.current(TokenTarget()), as: attempt)
        let written = try await tokenStore.current(TokenTarget()).refresh.attempt
        #expect(written == attempt)
        return tokenStore
    }

    @Test func waitsForAnotherProcessButNotForever() async throws {
        let refresher = rotating()
        let source = source(try await tokenStoreOfTheDead(), refresher)
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .busy = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refresher.sent.isEmpty)
    }

    @Test func anAttemptThatOutlivesItsDeadlineHasAnUnknownOutcome() async throws {
        let refresher = rotating()
        let source = source(try await tokenStoreOfTheDead(), refresher)
        clock.advance(30 + RefreshPolicy.clockSkew.wholeSeconds)
        #expect(await loginReason(source) == .outcomeUnknown)
        #expect(refresher.sent.isEmpty)
    }

    @Test func anAttemptThatOutlivesItsDeadlineIsRepeatedIfThePolicySaysSo() async throws {
        let refresher = rotating()
        let policy = RefreshPolicy(afterUnknownOutcome: .resendOnce)
        let source = source(try await tokenStoreOfTheDead(), refresher, policy: policy)
        clock.advance(30 + RefreshPolicy.clockSkew.wholeSeconds)
        #expect(try await source.accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test(arguments: FaultyTokenStore.Fault.allCases)
    func newTokensSurviveATokenStoreThatFailsToSettle(_ fault: FaultyTokenStore.Fault) async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0), settleFaults: Array(repeating: fault, count: 5))
        let refresher = rotating()
        let source = source(tokenStore, refresher)
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .tokenStore = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await tasks.finished()
        #expect(try await source.accessToken().exposedText == "a1")
        clock.advance(3600)
        #expect(try await source.accessToken().exposedText == "a2")
        #expect(refresher.sent == ["r0", "r1"])
    }

    @Test func aLeaseThatWasWrittenThoughTheTokenStoreFailedIsUsed() async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0), leaseFault: .afterWriting)
        let refresher = rotating()
        #expect(try await source(tokenStore, refresher).accessToken().exposedText == "a1")
        #expect(refresher.sent == ["r0"])
    }

    @Test func nothingIsSentWithoutALease() async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0), leaseFault: .beforeWriting)
        let refresher = rotating()
        let source = source(tokenStore, refresher)
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .tokenStore = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refresher.sent.isEmpty)
        #expect(try await source.accessToken().exposedText == "a1")
    }

    @Test func nothingIsSentAfterTheDeadline() async throws {
        let tokenStore = FaultyTokenStore(memory(lasting: 0), whenLeased: { [clock] in clock.advance(30) })
        let refresher = rotating()
        let source = source(tokenStore, refresher)
        let error = await failure { () async throws(AccessTokenError) in try await source.accessToken() }
        guard case .busy = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refresher.sent.isEmpty)
    }

    @Test func aSessionThatEndsDuringTheRefreshStaysEnded() async throws {
        let tokenStore = memory(lasting: 0)
        let refresher = ClosureRefresher { [clock] _, _ in
            #expect(tokenStore.removeAll() != nil)
            return tokens("a1", refresh: "r1", at: clock.now)
        }
        let source = source(tokenStore, refresher)
        for _ in 0..<2 { #expect(await loginReason(source) == .sessionEnded) }
        #expect(refresher.sent == ["r0"])
    }

    @Test func asksForALoginWithoutARefreshToken() async throws {
        let refresher = rotating()
        let tokenStore = MemoryTokenStore(StoredTokenSet(tokens("a0", at: clock.now)))
        let source = source(tokenStore, refresher)
        #expect(try await source.accessToken().exposedText == "a0")
        clock.advance(3600)
        #expect(await loginReason(source) == .noRefreshToken)
        #expect(refresher.sent.isEmpty)
    }
}
