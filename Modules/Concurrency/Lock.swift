// The thread sanitizer does not know Synchronization.Mutex and reports races on what it protects;
// a sanitizer build (-DTSAN) therefore locks with pthread.
#if TSAN

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// Short shared state behind a lock. Never held over a suspension.
    public struct Lock<State>: ~Copyable, Sendable {
        private let storage: PthreadStorage<State>

        /// Creates a lock around a first state.
        public init(_ initial: consuming sending State) { storage = PthreadStorage(initial) }

        /// Runs `body` with the state while no other thread has it.
        public borrowing func withLock<Result, Failure: Error>(
            _ body: (inout sending State) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            unsafe pthread_mutex_lock(storage.mutex)
            defer { unsafe pthread_mutex_unlock(storage.mutex) }
            return try body(&storage.state)
        }
    }

    // Sendable: `state` is touched only while `mutex` is held.
    @safe private final class PthreadStorage<State>: @unchecked Sendable {
        let mutex: UnsafeMutablePointer<pthread_mutex_t>
        var state: State

        init(_ initial: consuming sending State) {
            unsafe mutex = .allocate(capacity: 1)
            unsafe pthread_mutex_init(mutex, nil)
            state = initial
        }

        deinit {
            unsafe pthread_mutex_destroy(mutex)
            unsafe mutex.deallocate()
        }
    }

#else

    public import Synchronization

    // Public, though no other package sees this target: of an inlinable generic type with package access other modules
    // call the unspecialised form through its metadata, which costs more than the lock does.
    /// Short shared state behind a lock. Never held over a suspension.
    public struct Lock<State>: ~Copyable, Sendable {
        @usableFromInline let mutex: Mutex<State>

        /// Creates a lock around a first state.
        @inlinable
        public init(_ initial: consuming sending State) { mutex = Mutex(initial) }

        /// Runs `body` with the state while no other thread has it.
        @inlinable
        public borrowing func withLock<Result, Failure: Error>(
            _ body: (inout sending State) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            try mutex.withLock(body)
        }
    }

#endif
