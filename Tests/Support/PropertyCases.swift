#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many random cases a property is tried with: the environment variable PROPERTY_CASES, or 20,000.
package enum PropertyCases {
    package static let count = unsafe getenv("PROPERTY_CASES").flatMap { unsafe Int(String(cString: $0)) } ?? 20_000

    /// Whether this is a long run, of a million cases and more.
    package static var isThorough: Bool { count >= 1_000_000 }
}
