#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Time that this thread spent computing, whatever else the machine does.
package enum ProcessorTime {
    /// The least of three runs.
    package static func spent(_ work: () -> Void) -> Duration {
        (0..<3).map { _ in once(work) }.min() ?? .zero
    }

    /// A bound that holds for optimised code; code built for debugging may take ten times as long.
    package static func bound(milliseconds: Int) -> Duration {
        #if DEBUG
            .milliseconds(milliseconds * 10)
        #else
            .milliseconds(milliseconds)
        #endif
    }

    private static func once(_ work: () -> Void) -> Duration {
        let start = reading()
        work()
        return reading() - start
    }

    private static func reading() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}
