#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The operating system's cryptographic generator.
package enum SystemRandom {
    /// `count` fresh octets, by one system call where the system has one for that.
    package static func bytes(count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return filledAtOnce(count) ?? filledByWords(count)
    }

    // getentropy(3) gives at most 256 octets at a time.
    private static func filledAtOnce(_ count: Int) -> [UInt8]? {
        guard count <= 256 else { return nil }
        var octets = [UInt8](repeating: 0, count: count)
        return unsafe getentropy(&octets, count) == 0 ? octets : nil
    }

    // A system without a generator stops the program here: nothing safe could go on.
    private static func filledByWords(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var octets: [UInt8] = []
        octets.reserveCapacity(count)
        while octets.count < count {
            let word = generator.next()
            for place in 0..<min(8, count - octets.count) {
                octets.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(place))))
            }
        }
        return octets
    }
}
