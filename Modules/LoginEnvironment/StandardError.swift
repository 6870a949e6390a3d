#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lines for the operator, while there is no log yet.
enum StandardError {
    private static let limit = 4096

    static func tell(_ line: String) {
        // Control characters in text from outside must not forge lines.
        let shown = line.unicodeScalars.prefix(limit).map { $0.isPrintable ? String($0) : "?" }.joined()
        let octets = Array("\(shown)\n".utf8)
        unsafe octets.withUnsafeBytes { _ = unsafe write(2, $0.baseAddress, $0.count) }
    }

    static func endProcess(code: Int32) -> Never { exit(code) }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: false
        default: true
        }
    }
}
