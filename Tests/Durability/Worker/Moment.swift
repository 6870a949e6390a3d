import Glibc

/// What a mistaken store does to the process.
enum Moment {
    /// Lets another process come in between.
    static func pass() { usleep(3_000) }

    /// Opens a descriptor and never closes it.
    static func leakDescriptor() { _ = dup(0) }
}
