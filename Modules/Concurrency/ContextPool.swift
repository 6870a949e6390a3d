/// Ready-made contexts of a C library, kept between uses.
///
/// A context is taken under the lock, used outside it by exactly one caller, and given back. The pool never holds more
/// than `limit` contexts; what is given back beyond that is freed.
package struct ContextPool<Context: Sendable>: ~Copyable, Sendable {
    // Inlinable throughout: otherwise another module would call it through its metadata, which costs more than the lock does.
    @usableFromInline let free: Lock<[Context]>
    @usableFromInline let limit: Int

    /// An empty pool that keeps at most `limit` contexts.
    @inlinable
    package init(limit: Int = 64) {
        self.limit = limit
        free = Lock([])
    }

    /// Hands over the context that was given back last among those that fit; nil when none waits.
    @inlinable
    package borrowing func take(where fits: (Context) -> Bool) -> Context? {
        free.withLock { contexts in
            guard let index = contexts.lastIndex(where: fits) else { return nil }
            return contexts.remove(at: index)
        }
    }

    /// The same, or the context that `make` makes.
    @inlinable
    package borrowing func take<Failure: Error>(
        where fits: (Context) -> Bool, orMake make: () throws(Failure) -> Context
    ) throws(Failure) -> Context {
        if let kept = take(where: fits) { return kept }
        return try make()
    }

    /// Keeps `context` for its next use, or lets go of it when the pool is full.
    @inlinable
    package borrowing func giveBack(_ context: Context) {
        free.withLock { contexts in
            if contexts.count < limit { contexts.append(context) }
        }
    }
}
