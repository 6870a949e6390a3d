#if canImport(Glibc)
    @unsafe @preconcurrency import Glibc
#elseif canImport(Musl)
    @unsafe @preconcurrency import Musl
#else
    import Darwin
#endif

/// The environment variables that a program reads its settings from: those of its process, or a dictionary.
///
///     let issuer = EnvironmentVariables.process["LOGIN_ISSUER"]
///
/// An empty value counts as unset. Values may be secrets, so the description shows none.
public struct EnvironmentVariables: Sendable {
    private var values: [String: String]

    /// Creates variables from a dictionary, such as in a test.
    public init(_ values: [String: String]) { self.values = values }

    /// The variables of this process as they are now. Only this property reads them; a program that also changes its
    /// own environment must not do so at the same time.
    public static var process: EnvironmentVariables {
        var values: [String: String] = [:]
        var next = unsafe entries
        while let place = unsafe next, let entry = unsafe place.pointee {
            let (name, value) = unsafe split(String(cString: entry))
            // Of a name that is there twice, the first counts, as for getenv.
            if values[name] == nil { values[name] = value }
            unsafe next = unsafe place.successor()
        }
        return EnvironmentVariables(values)
    }

    /// The value of a variable; nil if it is not set or empty. Setting it changes this copy, never the process.
    public subscript(name: String) -> String? {
        get { values[name].flatMap { $0.isEmpty ? nil : $0 } }
        set { values[name] = newValue }
    }

    /// Whether a value of `LOGIN_ENV` means production, in whatever case and with whatever space around it.
    package static func meansProduction(_ text: String?) -> Bool {
        text?.filter { !$0.isWhitespace }.lowercased() == "production"
    }

    /// The names of the variables that have a value, sorted.
    public var names: [String] { values.filter { !$0.value.isEmpty }.keys.sorted() }
}

extension EnvironmentVariables: ExpressibleByDictionaryLiteral {
    /// Creates variables from names and values; of a repeated name the last counts.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements) { $1 })
    }
}

extension EnvironmentVariables: CustomStringConvertible, CustomReflectable {
    /// How many there are: values may be secrets.
    public var description: String { "\(names.count) environment variables" }

    /// Shows no values.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension EnvironmentVariables {
    private typealias Entries = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    // By scalars: a mark that combines with the sign must not hide it.
    private static func split(_ entry: String) -> (name: String, value: String) {
        let scalars = entry.unicodeScalars
        guard let sign = scalars.firstIndex(of: "=") else { return (entry, "") }
        return (String(scalars[..<sign]), String(scalars[scalars.index(after: sign)...]))
    }

    // By name: the variable of Swift's Glibc module is not optional and traps after clearenv, Darwin's module has none.
    private static var entries: Entries? {
        #if canImport(Darwin)
            let library = unsafe UnsafeMutableRawPointer(bitPattern: -2)
        #else
            let library: UnsafeMutableRawPointer? = nil
        #endif
        if let symbol = unsafe dlsym(library, "environ") {
            return unsafe symbol.assumingMemoryBound(to: Entries?.self).pointee
        }
        #if canImport(Darwin)
            return nil
        #else
            // A static executable has no names to look up.
            return unsafe environ
        #endif
    }
}
