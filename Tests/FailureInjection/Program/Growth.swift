#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The growth of the process while the same operations repeat (Linux).
enum Growth {
    /// The growth in octets over `rounds` rounds, after the rounds that fill every pool.
    static func overRounds(_ rounds: Int, of everything: [Work]) throws -> Int {
        for _ in 0..<max(rounds / 4, 20) { try round(everything) }
        let before = residentOctets
        for _ in 0..<rounds { try round(everything) }
        return residentOctets - before
    }

    private static func round(_ everything: [Work]) throws {
        for work in everything { _ = try work.run() }
    }

    /// The second number in the file is the resident pages.
    private static var residentOctets: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = unsafe fread(&text, 1, text.count, file)
        let numbers = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
        return (numbers.dropFirst().first.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
