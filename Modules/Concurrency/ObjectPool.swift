/// An object that costs more to create than to keep, used by one caller at a time.
package protocol Pooled: AnyObject, Sendable {}

/// Gives each caller an object of its own and takes it back.
///
/// Not generic, unlike ``ContextPool``: callers in other modules need no specialization.
package final class ObjectPool: Sendable {
    private static let limit = 64
    private let free = Lock<[any Pooled]>([])

    package init() {}

    /// Takes the most recently returned object; nil if there is none.
    package func take() -> (any Pooled)? {
        free.withLock { $0.popLast() }
    }

    /// Keeps `object` for its next use, or releases it if there are enough.
    package func giveBack(_ object: any Pooled) {
        free.withLock { if $0.count < Self.limit { $0.append(object) } }
    }
}
