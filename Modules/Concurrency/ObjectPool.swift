/// What an ``ObjectPool`` keeps: something that costs more to make than to keep, used by one caller at a time.
package protocol Pooled: AnyObject, Sendable {}

/// Hands each caller an object of its own and takes it back.
///
/// Not generic, as ``ContextPool`` is: callers in other modules need no specialisation of their own.
package final class ObjectPool: Sendable {
    private static let limit = 64
    private let free = Lock<[any Pooled]>([])

    package init() {}

    /// The object that was given back last; nil when none waits.
    package func take() -> (any Pooled)? {
        free.withLock { $0.popLast() }
    }

    /// Keeps `object` for its next use, or lets go of it when enough wait.
    package func giveBack(_ object: any Pooled) {
        free.withLock { if $0.count < Self.limit { $0.append(object) } }
    }
}
