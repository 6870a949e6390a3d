/// How long a fetched document is used, and how often it may be fetched.
package struct CachePolicy: Sendable {
    /// What counts as fresh when the server names no age, in seconds.
    package var defaultAge: Int64 = 3600
    /// Bounds on the age a server may name, in seconds.
    package var ageBounds: ClosedRange<Int64> = 60...86_400
    /// How long after it has become stale a document is still used while fetching fails, in seconds.
    package var staleIfError: Int64 = 86_400
    /// The least time between two fetches caused by input from outside, in seconds.
    package var outsideCooldown: Int64 = 60
    /// The wait after a failed fetch, doubled with each further failure, in seconds.
    package var retryBounds: ClosedRange<Int64> = 1...60

    package init() {}
}

/// What caused a fetch.
package enum FetchCause: Sendable {
    /// The document is due.
    case age
    /// A token directly from the token endpoint does not match the document: fetch at once.
    case direct
    /// A token from outside does not match the document: fetch at most once per cooldown.
    case outside
}

/// A position in the order of fetches. A fetch answers a request only if it started after the request.
package struct FetchMark: Sendable, Comparable {
    fileprivate let started: Int

    package static func < (left: FetchMark, right: FetchMark) -> Bool { left.started < right.started }
}

/// Decides when to fetch and what to return; does no I/O.
package struct CachedDocumentState<Value: Sendable>: Sendable {
    /// A document and how long it may be used.
    package struct Entry: Sendable {
        package let value: Value
        package let fetchedAt: UnixTime
        package let freshUntil: UnixTime
        package let usableUntil: UnixTime
        fileprivate let mark: FetchMark

        // A clock that was set back must not stretch the age.
        fileprivate func isFresh(at now: UnixTime) -> Bool { fetchedAt <= now && now < freshUntil }
    }

    package enum Action: Sendable {
        /// Return this.
        case serve(Entry)
        /// Start the fetch with this mark.
        case fetch(FetchMark)
        /// A fetch is in progress: wait for it, then ask again.
        case wait
        /// Nothing can be returned now, and fetching has to wait.
        case giveUp
    }

    private let policy: CachePolicy
    private(set) package var entry: Entry?
    private var started = 0
    private var inFlight: FetchMark?
    private var failures = 0
    private var backOff: Pause?
    private var outsideCooldown: Pause?

    package init(policy: CachePolicy) { self.policy = policy }

    /// The position of a request made now.
    package var mark: FetchMark { FetchMark(started: started) }

    /// What to do for a caller that needs the document.
    package mutating func need(at now: UnixTime) -> Action {
        if let entry, entry.isFresh(at: now) { return .serve(entry) }
        if inFlight != nil { return servableEntry(at: now).map(Action.serve) ?? .wait }
        if backOff?.holds(at: now) == true { return servableEntry(at: now).map(Action.serve) ?? .giveUp }
        return begin()
    }

    /// What to do for a caller whose token, seen at `mark`, does not match the document.
    package mutating func needNewer(than mark: FetchMark, cause: FetchCause, at now: UnixTime) -> Action {
        if let entry, entry.mark > mark, now < entry.usableUntil { return .serve(entry) }
        if inFlight != nil { return .wait }
        if backOff?.holds(at: now) == true { return .giveUp }
        guard case .outside = cause else { return begin() }
        if outsideCooldown?.holds(at: now) == true { return .giveUp }
        outsideCooldown = Pause(from: now, seconds: policy.outsideCooldown)
        return begin()
    }

    /// Records a fetched document. `age` is what the server named, in seconds.
    package mutating func succeeded(_ mark: FetchMark, with value: Value, age: Int64?, at now: UnixTime) {
        finish(mark)
        failures = 0
        backOff = nil
        let age = min(max(age ?? policy.defaultAge, policy.ageBounds.lowerBound), policy.ageBounds.upperBound)
        let freshUntil = now.adding(seconds: age)
        entry = Entry(
            value: value, fetchedAt: now, freshUntil: freshUntil,
            usableUntil: freshUntil.adding(seconds: policy.staleIfError), mark: mark)
    }

    /// Records a failed fetch: a good document stays.
    package mutating func failed(_ mark: FetchMark, at now: UnixTime) {
        finish(mark)
        let wait = policy.retryBounds.lowerBound << min(Int64(failures), 16)
        failures += 1
        backOff = Pause(from: now, seconds: min(wait, policy.retryBounds.upperBound))
    }

    /// The entry while it may be used although it is stale.
    package func servableEntry(at now: UnixTime) -> Entry? {
        entry.flatMap { now < $0.usableUntil ? $0 : nil }
    }

    private mutating func begin() -> Action {
        started += 1
        let mark = FetchMark(started: started)
        inFlight = mark
        return .fetch(mark)
    }

    private mutating func finish(_ mark: FetchMark) {
        if inFlight == mark { inFlight = nil }
    }
}

/// A period of time. It also ends if the clock is set back behind its start; otherwise it could last for years.
private struct Pause: Sendable {
    private let begin: UnixTime
    private let end: UnixTime

    init(from begin: UnixTime, seconds: Int64) {
        self.begin = begin
        end = begin.adding(seconds: seconds)
    }

    func holds(at now: UnixTime) -> Bool { begin <= now && now < end }
}
