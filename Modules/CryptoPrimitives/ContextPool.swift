/// Ready-made libcrypto contexts, kept between uses.
///
/// A lane is taken under the lock, used outside it by exactly one caller, and given back. The list never holds
/// more than `limit` lanes; what is given back beyond that is freed.
package struct ContextPool<Lane: Sendable>: ~Copyable, Sendable {
    private let free: Lock<[Lane]>
    private let limit: Int

    /// An empty list that keeps at most `limit` lanes.
    package init(limit: Int = 64) {
        self.limit = limit
        free = Lock([])
    }

    /// Hands over the lane that was given back last among those that fit; nil when none waits.
    package borrowing func take(where fits: (Lane) -> Bool) -> Lane? {
        free.withLock { lanes in
            guard let index = lanes.lastIndex(where: fits) else { return nil }
            return lanes.remove(at: index)
        }
    }

    /// The same, or the lane that `make` makes.
    borrowing func take(
        where fits: (Lane) -> Bool, orMake make: () throws(CryptoError) -> Lane
    ) throws(CryptoError) -> Lane {
        if let kept = take(where: fits) { return kept }
        return try make()
    }

    /// Keeps `lane` for its next use, or lets go of it when the list is full.
    package borrowing func giveBack(_ lane: Lane) {
        free.withLock { lanes in
            if lanes.count < limit { lanes.append(lane) }
        }
    }
}

/// A value made at first use; when making fails, the next use tries again.
struct MadeOnce<Value: Sendable>: ~Copyable, Sendable {
    private let made = Lock<Value?>(nil)

    borrowing func value(_ make: () throws(CryptoError) -> Value) throws(CryptoError) -> Value {
        try made.withLock { (value) throws(CryptoError) -> Value in
            if let value { return value }
            let fresh = try make()
            value = fresh
            return fresh
        }
    }
}
