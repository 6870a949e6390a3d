import Concurrency

/// A document from the network, cached while it is fresh. Concurrent callers share one fetch, and a stale document is
/// used while fetching fails.
///
/// It holds metadata and JWK sets. A token directly from the token endpoint may cause a fetch at once; input from
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

    /// There is nothing to return, and fetching has to wait.
    package struct UnavailableError: Error, Sendable {
        /// The error of the latest fetch; nil if none has failed since one succeeded.
        package let lastFailure: (any Error)?
    }

    /// The result of a fetch, and its position in the order of fetches.
    private struct Landed: Sendable {
        let mark: FetchMark
        let value: Value
    }

    private struct Shared: Sendable {
        var machine: CachedDocumentState<Value>
        var flight: Task<Landed, any Error>?
        var lastFailure: (any Error)?

        var unavailable: UnavailableError { UnavailableError(lastFailure: lastFailure) }
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

    /// The position of a request made now, for ``value(newerThan:cause:)``.
    package var mark: FetchMark { shared.withLock { $0.machine.mark } }

    /// The cached document, fresh or stale but usable; never suspends.
    package var entry: CachedDocumentState<Value>.Entry? {
        let now = clock.now
        return shared.withLock { $0.machine.servableEntry(at: now) }
    }

    /// Returns the document, fetched if necessary; a stale one if fetching fails.
    /// - Throws: the error of the fetch if there is no usable document, or ``UnavailableError``.
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

    /// Returns the document as fetched after `mark`. Cancelling the caller ends neither the fetch nor the wait for it.
    /// - Throws: the error of the fetch, or ``UnavailableError`` if the cooldown or a back-off forbids a fetch now.
    package func value(newerThan mark: FetchMark, cause: FetchCause) async throws -> Value {
        // At most two joins: a caller that joins after a fetch has completed joins one that started after its request.
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
        case giveUp(UnavailableError)
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
