import CryptoPrimitives

/// A document from the network, kept while it is fresh, fetched once however many ask, and served stale while fetching fails.
///
/// Metadata and key sets are held in it. Tokens straight from the token endpoint may force a fetch at once; input from outside
/// at most once per cooldown.
package final class CachedDocument<Value: Sendable>: Sendable {
    package struct Fetched: Sendable {
        package let value: Value
        package let age: Int64?

        package init(_ value: Value, age: Int64?) {
            self.value = value
            self.age = age
        }
    }

    /// Nothing to serve, and fetching has to wait after earlier failures.
    package struct Unavailable: Error, Sendable {}

    private struct Shared: Sendable {
        var machine: CachedDocumentState<Value>
        var flight: Task<Void, any Error>?
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

    /// The document, fetched if it is due.
    /// - Throws: what fetching threw when nothing usable is held, or ``Unavailable``.
    package func value() async throws -> Value {
        try await resolve(acceptingStale: true) { machine, now in machine.need(at: now) }
    }

    /// The document as fetched after `mark`.
    /// - Throws: what fetching threw, or ``Unavailable`` when the cooldown or a back-off forbids a fetch now.
    package func value(newerThan mark: FetchMark, cause: FetchCause) async throws -> Value {
        try await resolve(acceptingStale: false) { machine, now in machine.needNewer(than: mark, cause: cause, at: now)
        }
    }

    private enum Step {
        case done(Value)
        case join(Task<Void, any Error>)
        case giveUp
    }

    private func resolve(
        acceptingStale: Bool,
        _ decide: @Sendable (inout CachedDocumentState<Value>, UnixTime) -> CachedDocumentState<Value>.Action
    ) async throws -> Value {
        while true {
            let now = clock.now
            switch shared.withLock({ step(&$0, decide(&$0.machine, now)) }) {
            case .done(let value): return value
            case .giveUp: throw Unavailable()
            case .join(let flight):
                do { try await flight.value } catch {
                    guard acceptingStale, let kept = entry else { throw error }
                    return kept.value
                }
            }
        }
    }

    private func step(_ shared: inout Shared, _ action: CachedDocumentState<Value>.Action) -> Step {
        switch action {
        case .serve(let entry): return .done(entry.value)
        case .giveUp: return .giveUp
        case .wait: return shared.flight.map(Step.join) ?? .giveUp
        case .fetch(let mark):
            let flight = Task { try await self.run(mark) }
            shared.flight = flight
            return .join(flight)
        }
    }

    // A task of its own: the fetch serves everyone, so one caller's cancellation must not end it.
    private func run(_ mark: FetchMark) async throws {
        do {
            let fetched = try await fetch()
            let now = clock.now
            shared.withLock { $0.machine.succeeded(mark, with: fetched.value, age: fetched.age, at: now) }
        } catch {
            let now = clock.now
            shared.withLock { $0.machine.failed(mark, at: now) }
            throw error
        }
    }
}
