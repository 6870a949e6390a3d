#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The process's limit on the size of its files (`ulimit -f`).
enum FileSizeLimit {
    /// Makes a write beyond the limit fail. By default the system ends the process: SIGXFSZ is ignored from now on,
    /// unless the program has decided otherwise.
    static func failWrites() {
        var action = sigaction()
        guard unsafe sigaction(SIGXFSZ, nil, &action) == 0, action.isDefault else { return }
        signal(SIGXFSZ, SIG_IGN)
    }
}

extension sigaction {
    fileprivate var isDefault: Bool {
        #if canImport(Glibc)
            unsafe __sigaction_handler.sa_handler == nil
        #else
            unsafe __sigaction_u.__sa_handler == nil
        #endif
    }
}
