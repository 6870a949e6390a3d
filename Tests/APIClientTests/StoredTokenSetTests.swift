import APIClient
import OAuthTypes
import Testing

@Suite struct StoredTokensTests {
    let now = UnixTime(seconds: 1_000_000)
    let target = TokenTarget()

    private func attempt(_ number: UInt8, after wait: Int64 = 0) -> RefreshAttempt {
        let start = now.adding(seconds: wait)
        return RefreshAttempt(id: [number], startedAt: start, deadline: start.adding(seconds: 30))
    }

    private func stored() -> StoredTokenSet { StoredTokenSet(tokens("a0", refresh: "r0", at: now)) }

    @Test func letsOneOfTwoClaimantsIn() throws {
        var stored = stored()
        let entry = stored.entry(for: target)
        #expect(try stored.leased(entry, as: attempt(1)).refresh.attempt == attempt(1))
        #expect(throws: NoLeaseError.self) { try stored.leased(entry, as: attempt(2)) }
        #expect(stored.entry(for: target).refresh.attempt == attempt(1))
    }

    @Test func letsNobodyClaimOverALivingAttempt() throws {
        var stored = stored()
        _ = try stored.leased(stored.entry(for: target), as: attempt(1))
        let entry = stored.entry(for: target)
        #expect(throws: NoLeaseError.self) {
            try stored.leased(entry, as: attempt(2, after: 29 + RefreshPolicy.clockSkew.wholeSeconds))
        }
        _ = try stored.leased(entry, as: attempt(2, after: 30 + RefreshPolicy.clockSkew.wholeSeconds))
    }

    /// A hold sends nothing: released or lost, even after it was stored, it leaves no unknown outcome.
    @Test func aHoldKeepsOthersAwayAndLeavesNoTrace() throws {
        var held = stored()
        let hold = RefreshAttempt.hold(id: [9], startedAt: now, deadline: now.adding(seconds: 5))
        _ = try held.leased(held.entry(for: target), as: hold)
        held = try #require(StoredTokenSet(encodedSecrets: held.encodedSecrets()))
        #expect(throws: NoLeaseError.self) { try held.leased(held.entry(for: target), as: attempt(1)) }
        var released = held
        released.release(attempt(9))
        #expect(released.entry(for: target).refresh.attempt == hold, "an attempt of that name is no hold")
        released.release(hold)
        for (var stored, wait) in [(released, 0), (held, 5 + RefreshPolicy.clockSkew.wholeSeconds)] {
            let entry = try stored.leased(stored.entry(for: target), as: attempt(1, after: wait))
            #expect(entry.refresh.unknownOutcomes == 0)
            #expect(entry.refresh.token?.exposedText == "r0")
        }
    }

    @Test func letsNobodyClaimWithoutARefreshToken() {
        var stored = StoredTokenSet(tokens("a0", at: now))
        #expect(throws: NoLeaseError.self) { try stored.leased(stored.entry(for: target), as: attempt(1)) }
    }

    @Test func replacesTheRefreshTokenOrKeepsIt() throws {
        var stored = stored()
        let answers: [(UInt8, String?, String)] = [(1, "r1", "r1"), (2, nil, "r1"), (3, "r2", "r2")]
        for (number, issued, expected) in answers {
            let leased = try stored.leased(stored.entry(for: target), as: attempt(number))
            let settled = stored.settle(
                attempt(number), of: leased, with: .refreshed(tokens("a", refresh: issued, at: now)))
            #expect(settled.refresh.token?.exposedText == expected)
            #expect(settled.refresh.attempt == nil)
        }
    }

    @Test func aSecondSettlementChangesNothing() throws {
        var stored = stored()
        let leased = try stored.leased(stored.entry(for: target), as: attempt(1))
        _ = stored.settle(attempt(1), of: leased, with: .refreshed(tokens("a1", refresh: "r1", at: now)))
        let again = stored.settle(attempt(1), of: leased, with: .refreshed(tokens("a2", refresh: "r2", at: now)))
        #expect(again.access?.token.exposedText == "a1")
        #expect(again.refresh.generation == 1)
    }

    @Test func tokensThatComeAfterTheAttemptWasTakenForLostAreKept() throws {
        var stored = stored()
        let first = try stored.leased(stored.entry(for: target), as: attempt(1))
        let second = try stored.leased(stored.entry(for: target), as: attempt(2, after: 100))
        #expect(second.refresh.unknownOutcomes == 1)
        let settled = stored.settle(attempt(1), of: first, with: .refreshed(tokens("a1", refresh: "r1", at: now)))
        #expect(settled.refresh.token?.exposedText == "r1")
        // The second one's refusal is about a token that has been replaced.
        let after = stored.settle(attempt(2), of: second, with: .ended)
        #expect(after.refresh.token?.exposedText == "r1")
        #expect(!after.refresh.isRefused)
    }

    @Test func targetsShareOneRefreshTokenAndKeepTheirAccessTokens() throws {
        var stored = stored()
        let other = TokenTarget(audience: "https://other.example")
        let leased = try stored.leased(stored.entry(for: other), as: attempt(1))
        #expect(throws: NoLeaseError.self) { try stored.leased(stored.entry(for: target), as: attempt(2)) }
        let settled = stored.settle(attempt(1), of: leased, with: .refreshed(tokens("b1", refresh: "r1", at: now)))
        #expect(settled.access?.token.exposedText == "b1")
        #expect(stored.entry(for: target).access?.token.exposedText == "a0")
        #expect(stored.refreshToken?.exposedText == "r1")
    }

    @Test func holdsABoundedNumberOfTargets() throws {
        var stored = stored()
        for number in 0..<50 {
            let target = TokenTarget(audience: "https://\(number).example")
            let attempt = RefreshAttempt(id: [UInt8(number), 1], startedAt: now, deadline: now)
            let leased = try stored.leased(stored.entry(for: target), as: attempt)
            let life = Int64(100 + number)
            _ = stored.settle(attempt, of: leased, with: .refreshed(tokens("t\(number)", lasting: life, at: now)))
            #expect(stored.entry(for: target).access != nil)
        }
        let kept = (0..<50).filter { stored.entry(for: TokenTarget(audience: "https://\($0).example")).access != nil }
        #expect(kept == Array(35..<50))
        #expect(stored.entry(for: target).access != nil)
    }

    @Test func survivesEncoding() throws {
        var stored = StoredTokenSet(
            TokenSet(
                accessToken: AccessToken("a0"), expiresAt: now, refreshToken: RefreshToken("r0"), idToken: nil,
                scope: try Scope("openid email"), receivedAt: now),
            for: TokenTarget(audience: "https://api.example", scope: try Scope("x")))
        let target = TokenTarget(audience: "https://api.example", scope: try Scope("x"))
        let first = try stored.leased(stored.entry(for: target), as: attempt(1))
        _ = stored.settle(attempt(1), of: first, with: .postponed(until: now.adding(seconds: 7)))
        let second = try stored.leased(stored.entry(for: target), as: attempt(2))

        var read = try #require(StoredTokenSet(encodedSecrets: stored.encodedSecrets()))
        let entry = read.entry(for: target)
        #expect(entry.access?.token.exposedText == "a0")
        #expect(entry.access?.expiresAt == now)
        #expect(entry.access?.scope == (try Scope("openid email")))
        #expect(entry.refresh.token?.exposedText == "r0")
        #expect(entry.refresh.attempt == attempt(2))
        #expect(entry.refresh.failures == 1)
        #expect(entry.refresh.retryAt == now.adding(seconds: 7))
        // A lease taken before writing holds after reading, and the earlier settlement is still known.
        #expect(throws: NoLeaseError.self) { try read.leased(first, as: attempt(3, after: 100)) }
        let repeated = read.settle(attempt(1), of: first, with: .ended)
        #expect(!repeated.refresh.isRefused)
        let settled = read.settle(attempt(2), of: second, with: .ended)
        #expect(settled.refresh.isRefused)
    }

    @Test(arguments: ["", "{}", "[]", "{\"v\":2}", "{\"v\":1,\"refresh\":{},\"access\":[]}", "nonsense"])
    func readsNothingElse(text: String) {
        #expect(StoredTokenSet(encodedSecrets: Array(text.utf8)) == nil)
    }

    @Test func printsNoToken() {
        let stored = StoredTokenSet(tokens("canary-a", refresh: "canary-r", at: now))
        var dumped = ""
        dump(stored, to: &dumped)
        dump(stored.entry(for: target), to: &dumped)
        for text in [dumped, "\(stored)", "\(stored.entry(for: target))"] { #expect(!text.contains("canary")) }
    }
}

private struct NoLeaseError: Error {}

extension StoredTokenSet {
    fileprivate mutating func leased(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) throws -> TokenStoreEntry {
        guard let leased = lease(entry, as: attempt) else { throw NoLeaseError() }
        return leased
    }
}
