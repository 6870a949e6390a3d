#if canImport(Glibc)
    import Glibc
#endif

/// How far the resident memory of this process rises while something runs. The kernel keeps the high-water mark, so what
/// is allocated and freed again in between counts too. Linux only.
enum ResidentMemory {
    /// The growth in octets; nil where the kernel does not tell.
    static func growth(during work: () -> Void) -> Int? {
        #if canImport(Glibc)
            // What earlier work freed goes back first: otherwise its pages would be used again, and nothing would rise.
            _ = giveBackFreeMemory?(0)
            guard resetHighWaterMark(), let before = kibibytes("VmRSS:") else { return nil }
            work()
            guard let peak = kibibytes("VmHWM:") else { return nil }
            return max(0, peak - before) * 1024
        #else
            work()
            return nil
        #endif
    }

    /// Whether the instrument sees what is allocated, touched and freed again. One that does not proves nothing.
    static var seesEightMebibytes: Bool {
        let count = 8 << 20
        let growth = growth { _ = [UInt8](repeating: 1, count: count).reduce(0, &+) }
        return (growth ?? 0) > count / 2
    }

    #if canImport(Glibc)
        /// The `malloc_trim` of the C library, which its module map does not show.
        private static let giveBackFreeMemory: (@convention(c) (Int) -> CInt)? =
            unsafe dlsym(nil, "malloc_trim").map { unsafe unsafeBitCast($0, to: (@convention(c) (Int) -> CInt).self) }

        private static func resetHighWaterMark() -> Bool {
            guard let file = unsafe fopen("/proc/self/clear_refs", "w") else { return false }
            let isWritten = unsafe fputs("5", file) >= 0
            return unsafe fclose(file) == 0 && isWritten
        }

        /// A line of /proc/self/status such as "VmHWM:      1932 kB".
        private static func kibibytes(_ name: String) -> Int? {
            guard let file = unsafe fopen("/proc/self/status", "r") else { return nil }
            defer { unsafe fclose(file) }
            var line = [CChar](repeating: 0, count: 256)
            while unsafe fgets(&line, CInt(line.count), file) != nil {
                let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                guard text.hasPrefix(name) else { continue }
                return text.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }
            }
            return nil
        }
    #endif
}
