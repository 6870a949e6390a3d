import Concurrency

/// A value created at first use; if that fails, the next use tries again.
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
