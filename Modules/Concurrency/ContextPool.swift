/// Contexts of a C library, kept between uses.
///
/// A context is taken under the lock, used outside it by exactly one caller, and returned. The pool never holds more
/// than `limit` contexts; a context returned beyond that is freed.
public struct ContextPool<Context: Sendable>: ~Copyable, Sendable {
    // Public and inlinable, for the reason that Lock gives.
    @usableFromInline let free: Lock<[Context]>
    @usableFromInline let limit: Int

    /// Creates an empty pool that keeps at most `limit` contexts.
    @inlinable
    public init(limit: Int = 64) {
        self.limit = limit
        free = Lock([])
    }

    /// Takes the most recently returned context that fits; nil if there is none.
    @inlinable
    public borrowing func take(where fits: (Context) -> Bool) -> Context? {
        free.withLock { contexts in
            guard let index = contexts.lastIndex(where: fits) else { return nil }
            return contexts.remove(at: index)
        }
    }

    /// Takes a context, or creates one with `make`.
    @inlinable
    public borrowing func take<Failure: Error>(
        where fits: (Context) -> Bool, orMake make: () throws(Failure) -> Context
    ) throws(Failure) -> Context {
        if let kept = take(where: fits) { return kept }
        return try make()
    }

    /// Keeps `context` for its next use, or frees it if the pool is full.
    @inlinable
    public borrowing func giveBack(_ context: Context) {
        free.withLock { contexts in
            if contexts.count < limit { contexts.append(context) }
        }
    }
}
