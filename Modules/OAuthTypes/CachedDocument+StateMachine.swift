/// How long a fetched document serves, and how often it may be fetched.
package struct CachePolicy: Sendable {
    /// What counts as fresh when the server names no age, in seconds.
    package var defaultAge: Int64 = 3600
    /// Bounds on the age a server may name, in seconds.
    package var ageBounds: ClosedRange<Int64> = 60...86_400
    /// How long past its freshness a document still serves while fetching fails, in seconds.
    package var staleIfError: Int64 = 86_400
    /// The least time between two fetches that input from outside asked for, in seconds.
    package var outsideCooldown: Int64 = 60
    /// The wait after a failed fetch, doubled with each further failure, in seconds.
    package var retryBounds: ClosedRange<Int64> = 1...60

    package init() {}
}

/// Who gave cause for a fetch.
package enum FetchCause: Sendable {
    /// The document is due.
    case age
    /// A token straight from the token endpoint does not fit the document: fetch at once.
    case direct
    /// A token presented from outside does not fit the document: fetch at most once per cooldown.
    case outside
}

/// A place in the order of fetches. A fetch answers a question only if it began after the question came up.
package struct FetchMark: Sendable, Comparable {
    fileprivate let started: Int

    package static func < (left: FetchMark, right: FetchMark) -> Bool { left.started < right.started }
}

/// Decides when to fetch and what to serve; performs nothing itself.
package struct CachedDocumentState<Value: Sendable>: Sendable {
    /// A document and how long it serves.
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
        /// Serve this.
        case serve(Entry)
        /// Start the fetch that bears this mark.
        case fetch(FetchMark)
        /// A fetch is in flight: wait for it, then ask again.
        case wait
        /// Nothing can be served now, and fetching has to wait.
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

    /// The place of a question that comes up now.
    package var mark: FetchMark { FetchMark(started: started) }

    /// What to do for someone who needs the document.
    package mutating func need(at now: UnixTime) -> Action {
        if let entry, entry.isFresh(at: now) { return .serve(entry) }
        if inFlight != nil { return servableEntry(at: now).map(Action.serve) ?? .wait }
        if backOff?.holds(at: now) == true { return servableEntry(at: now).map(Action.serve) ?? .giveUp }
        return begin()
    }

    /// What to do for someone whose token, seen at `mark`, does not fit the document.
    package mutating func needNewer(than mark: FetchMark, cause: FetchCause, at now: UnixTime) -> Action {
        if let entry, entry.mark > mark, now < entry.usableUntil { return .serve(entry) }
        if inFlight != nil { return .wait }
        if backOff?.holds(at: now) == true { return .giveUp }
        guard case .outside = cause else { return begin() }
        if outsideCooldown?.holds(at: now) == true { return .giveUp }
        outsideCooldown = Pause(from: now, seconds: policy.outsideCooldown)
        return begin()
    }

    /// Notes a fetched document. `age` is what the server named, in seconds.
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

    /// Notes a failed fetch: a good document stays.
    package mutating func failed(_ mark: FetchMark, at now: UnixTime) {
        finish(mark)
        let wait = policy.retryBounds.lowerBound << min(Int64(failures), 16)
        failures += 1
        backOff = Pause(from: now, seconds: min(wait, policy.retryBounds.upperBound))
    }

    /// The entry while it may serve though it is no longer fresh.
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

/// A stretch of time. It ends also when the clock is set back behind its beginning: otherwise it could last for years.
private struct Pause: Sendable {
    private let begin: UnixTime
    private let end: UnixTime

    init(from begin: UnixTime, seconds: Int64) {
        self.begin = begin
        end = begin.adding(seconds: seconds)
    }

    func holds(at now: UnixTime) -> Bool { begin <= now && now < end }
}
