#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Refuses to work where real users log in: `LOGIN_ENV` says `production`, in whatever case.
enum ProductionRefusal {
    static func check() throws(LoginTestingError) {
        let environment = unsafe getenv("LOGIN_ENV").map { unsafe String(cString: $0) }
        guard environment?.filter({ !$0.isWhitespace }).lowercased() != "production" else { throw .production }
    }
}
