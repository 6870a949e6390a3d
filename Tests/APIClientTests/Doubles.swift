import APIClient
import Concurrency
import OAuthTypes

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
    private let time: Lock<UnixTime>

    init(_ seconds: Int64 = 1_000_000) { time = Lock(UnixTime(seconds: seconds)) }

    var wall: WallClock { WallClock { self.now } }

    var now: UnixTime { time.withLock { $0 } }

    func advance(_ seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// Answers from a closure and keeps what it was sent.
final class ClosureTransport: HTTPTransport {
    private let requests = Lock<[TransportRequest]>([])
    private let answer: @Sendable (TransportRequest, Int) throws(TransportError) -> TransportResponse

    /// `answer` gets the request and how many came before it.
    init(_ answer: @escaping @Sendable (TransportRequest, Int) throws(TransportError) -> TransportResponse) {
        self.answer = answer
    }

    var sent: [TransportRequest] { requests.withLock { $0 } }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return try answer(request, number)
    }
}

/// Refreshes by a closure and counts.
final class ClosureRefresher: TokenRefresher {
    private let seen = Lock<[String]>([])
    private let checked = Lock<[TokenSet]>([])
    private let answer: @Sendable (RefreshToken, Int) async throws(TokenEndpointError) -> TokenSet
    private let judge: @Sendable (TokenSet, Int) async -> TokenCheck

    /// `answer` gets the refresh token and how many refreshes came before this one, `judge` the tokens and how many
    /// checks came before this one.
    init(
        _ answer: @escaping @Sendable (RefreshToken, Int) async throws(TokenEndpointError) -> TokenSet,
        judge: @escaping @Sendable (TokenSet, Int) async -> TokenCheck = { _, _ in .accepted }
    ) {
        self.answer = answer
        self.judge = judge
    }

    /// The refresh tokens that were sent, in order.
    var sent: [String] { seen.withLock { $0 } }

    /// The tokens that were checked, in order.
    var checks: [TokenSet] { checked.withLock { $0 } }

    func check(_ tokens: TokenSet) async -> TokenCheck {
        let number = checked.withLock { checked in
            checked.append(tokens)
            return checked.count - 1
        }
        return await judge(tokens, number)
    }

    func refresh(_ token: RefreshToken, for target: TokenTarget) async throws(TokenEndpointError) -> TokenSet {
        let number = seen.withLock { seen in
            seen.append(token.exposedText)
            return seen.count - 1
        }
        return try await answer(token, number)
    }
}

/// A memory token store whose steps can be counted and made to fail.
final class FaultyTokenStore: TokenStore {
    struct BrokenError: Error {}

    enum Fault: Sendable, CaseIterable { case beforeWriting, afterWriting }

    private let inner: MemoryTokenStore
    private let readCount = Lock(0)
    private let leaseFault: Lock<Fault?>
    private let settleFaults: Lock<[Fault]>
    private let whenLeased: @Sendable () -> Void

    init(
        _ inner: MemoryTokenStore, leaseFault: Fault? = nil, settleFaults: [Fault] = [],
        whenLeased: @escaping @Sendable () -> Void = {}
    ) {
        self.inner = inner
        self.leaseFault = Lock(leaseFault)
        self.settleFaults = Lock(settleFaults)
        self.whenLeased = whenLeased
    }

    var reads: Int { readCount.withLock { $0 } }

    func current(_ target: TokenTarget) async throws -> TokenStoreEntry {
        readCount.withLock { $0 += 1 }
        return try await inner.current(target)
    }

    func lease(_ entry: TokenStoreEntry, as attempt: RefreshAttempt) async throws -> RefreshLease? {
        let fault = leaseFault.withLock { fault in
            defer { fault = nil }
            return fault
        }
        if fault == .beforeWriting { throw BrokenError() }
        let lease = try await inner.lease(entry, as: attempt)
        if fault == .afterWriting { throw BrokenError() }
        whenLeased()
        return lease
    }

    func settle(_ lease: consuming RefreshLease, with outcome: RefreshOutcome) async throws -> TokenStoreEntry {
        let fault = settleFaults.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if fault == .beforeWriting { throw BrokenError() }
        let entry = try await inner.settle(lease, with: outcome)
        if fault == .afterWriting { throw BrokenError() }
        return entry
    }
}

/// Opens once; waiting is yielding, so that no test sleeps.
final class Gate: Sendable {
    private let state = Lock(false)

    var isOpen: Bool { state.withLock { $0 } }

    func open() { state.withLock { $0 = true } }

    func pass() async { while !isOpen { await Task.yield() } }
}

/// The highest of what it was given.
final class Counter: Sendable {
    private let highest = Lock(0)

    func value(atLeast number: Int) -> Int {
        highest.withLock { highest in
            highest = max(highest, number)
            return highest
        }
    }
}

extension Sleeper {
    /// Lets others run and no time pass.
    static let yielding = Sleeper { _ in await Task.yield() }
}

func tokens(
    _ access: String?, lasting life: Int64? = 3600, refresh: String? = nil, idToken: String? = nil, at now: UnixTime
) -> TokenSet {
    TokenSet(
        accessToken: access.map { AccessToken($0) }, expiresAt: life.map { now.adding(seconds: $0) },
        refreshToken: refresh.map { RefreshToken($0) }, idToken: idToken.map { RawIDToken($0) }, scope: nil,
        receivedAt: now)
}

/// What `work` failed with; nil when it did not.
func failure<Value, Failure: Error>(_ work: () async throws(Failure) -> Value) async -> Failure? {
    do {
        _ = try await work()
        return nil
    } catch { return error }
}

/// Nothing was sent: a refresh token is as good as before.
let notSent = TransportError(.connectionFailed, sent: .nothing)

/// The request may have arrived: a refresh token may be used up.
let outcomeUnknown = TransportError(.connectionLost, sent: .maybe)
