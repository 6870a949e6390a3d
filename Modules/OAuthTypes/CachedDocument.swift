import Concurrency

/// A document from the network, kept while it is fresh, fetched once however many ask, and served stale
/// while fetching fails.
///
/// Metadata and key sets are held in it. Tokens straight from the token endpoint may force a fetch at once; input from
/// outside at most once per cooldown.
package final class CachedDocument<Value: Sendable>: Sendable {
    package struct Fetched: Sendable {
        package let value: Value
        package let age: Int64?

        package init(_ value: Value, age: Int64?) {
            self.value = value
            self.age = age
        }
    }

    /// Nothing to serve, and fetching has to wait.
    package struct Unavailable: Error, Sendable {
        /// What the latest fetch threw; nil if none has failed since one succeeded.
        package let lastFailure: (any Error)?
    }

    /// What a fetch brought, and its place in the order of fetches.
    private struct Landed: Sendable {
        let mark: FetchMark
        let value: Value
    }

    private struct Shared: Sendable {
        var machine: CachedDocumentState<Value>
        var flight: Task<Landed, any Error>?
        var lastFailure: (any Error)?

        var unavailable: Unavailable { Unavailable(lastFailure: lastFailure) }
    }

    private let shared: Lock<Shared>
    private let clock: WallClock
    private let fetch: @Sendable () async throws -> Fetched

    package init(
        policy: CachePolicy = CachePolicy(), clock: WallClock, fetch: @escaping @Sendable () async throws -> Fetched
    ) {
        shared = Lock(Shared(machine: CachedDocumentState(policy: policy)))
        self.clock = clock
        self.fetch = fetch
    }

    /// The place of a question that comes up now, for ``value(newerThan:cause:)``.
    package var mark: FetchMark { shared.withLock { $0.machine.mark } }

    /// What is held now, fresh or stale but usable; never suspends.
    package var entry: CachedDocumentState<Value>.Entry? {
        let now = clock.now
        return shared.withLock { $0.machine.servableEntry(at: now) }
    }

    /// The document, fetched if it is due; a stale one if fetching fails.
    /// - Throws: what fetching threw when nothing usable is held, or ``Unavailable``.
    package func value() async throws -> Value {
        switch decide({ machine, now in machine.need(at: now) }) {
        case .done(let value): return value
        case .giveUp(let reason): throw reason
        case .join(let flight):
            do { return try await flight.value.value } catch {
                guard let kept = entry else { throw error }
                return kept.value
            }
        }
    }

    /// The document as fetched after `mark`. Cancelling the caller neither ends the fetch nor the wait for it.
    /// - Throws: what fetching threw, or ``Unavailable`` when the cooldown or a back-off forbids a fetch now.
    package func value(newerThan mark: FetchMark, cause: FetchCause) async throws -> Value {
        // At most two joins: whoever joins after a fetch has landed joins one that began after the question.
        while true {
            switch decide({ machine, now in machine.needNewer(than: mark, cause: cause, at: now) }) {
            case .done(let value): return value
            case .giveUp(let reason): throw reason
            case .join(let flight):
                let landed = try await flight.value
                if landed.mark > mark { return landed.value }
            }
        }
    }

    private enum Step {
        case done(Value)
        case join(Task<Landed, any Error>)
        case giveUp(Unavailable)
    }

    // The clock is read under the lock: a reading from before the latest fetch would look like a clock set back.
    private func decide(
        _ choose: (inout CachedDocumentState<Value>, UnixTime) -> CachedDocumentState<Value>.Action
    ) -> Step {
        shared.withLock { shared in
            switch choose(&shared.machine, clock.now) {
            case .serve(let entry): return .done(entry.value)
            case .giveUp: return .giveUp(shared.unavailable)
            case .wait: return shared.flight.map(Step.join) ?? .giveUp(shared.unavailable)
            case .fetch(let mark):
                let flight = Task { try await self.run(mark) }
                shared.flight = flight
                return .join(flight)
            }
        }
    }

    // A task of its own: the fetch serves everyone, so one caller's cancellation must not end it.
    private func run(_ mark: FetchMark) async throws -> Landed {
        do {
            let fetched = try await fetch()
            shared.withLock { shared in
                shared.machine.succeeded(mark, with: fetched.value, age: fetched.age, at: clock.now)
                shared.flight = nil
                shared.lastFailure = nil
            }
            return Landed(mark: mark, value: fetched.value)
        } catch {
            shared.withLock { shared in
                shared.machine.failed(mark, at: clock.now)
                shared.flight = nil
                shared.lastFailure = error
            }
            throw error
        }
    }
}
