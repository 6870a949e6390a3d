#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A version of numbers, such as 3.51.2.
struct LibraryVersion: Comparable, Sendable, CustomStringConvertible {
    let numbers: [Int]

    init(_ numbers: Int...) { self.numbers = numbers }

    /// The first version in a text such as `libcurl/7.88.1 OpenSSL/3.0.19`.
    init?(firstIn text: String) {
        let digits = text.drop { !("0"..."9").contains($0) }.prefix { ("0"..."9").contains($0) || $0 == "." }
        let numbers = digits.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 2 else { return nil }
        self.numbers = numbers
    }

    var description: String { numbers.map(String.init).joined(separator: ".") }

    static func < (left: Self, right: Self) -> Bool { left.numbers.lexicographicallyPrecedes(right.numbers) }
}

/// The libraries of the system that are loaded, by their own account.
struct SystemLibraries: Sendable {
    let libcrypto: LibraryVersion?
    let libcurl: LibraryVersion?
    let sqlite: LibraryVersion?

    static var loaded: SystemLibraries {
        SystemLibraries(
            libcrypto: openSSLVersion.flatMap(LibraryVersion.init(firstIn:)),
            libcurl: text(of: "curl_version").flatMap(LibraryVersion.init(firstIn:)),
            sqlite: text(of: "sqlite3_libversion").flatMap(LibraryVersion.init(firstIn:)))
    }

    func findings(_ settings: DoctorSettings) -> [Finding] {
        [
            finding("libcrypto", libcrypto, for: settings), finding("libcurl", libcurl, for: settings),
            finding("sqlite", sqlite, for: settings),
        ]
    }

    private func finding(_ name: String, _ version: LibraryVersion?, for settings: DoctorSettings) -> Finding {
        guard let version else {
            return Finding(.warning, of: name, text: "its version cannot be determined", fix: "ask the package manager")
        }
        let faults = KnownFault.all.filter { $0.library == name && $0.affects(version) }
        guard let worst = faults.first(where: { $0.concerns(settings) }) ?? faults.first else {
            return Finding(.ok, of: name, text: "\(version)")
        }
        let isConcerned = worst.concerns(settings)
        return Finding(
            isConcerned ? .warning : .ok, of: name, text: "\(version): \(worst.text)",
            fix: isConcerned ? worst.fix : "it does not concern these settings; \(worst.fix)")
    }

    private static var openSSLVersion: String? {
        typealias Call = @convention(c) (Int32) -> UnsafePointer<CChar>?
        return unsafe symbol("OpenSSL_version").flatMap { address in
            unsafe unsafeBitCast(address, to: Call.self)(0).map { unsafe String(cString: $0) }
        }
    }

    private static func text(of function: String) -> String? {
        typealias Call = @convention(c) () -> UnsafePointer<CChar>?
        return unsafe symbol(function).flatMap { address in
            unsafe unsafeBitCast(address, to: Call.self)().map { unsafe String(cString: $0) }
        }
    }

    // Looked up at run time: these libraries have no Swift module outside the root package.
    private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
        unsafe dlopen(nil, RTLD_LAZY).flatMap { unsafe dlsym($0, name) }
    }
}
