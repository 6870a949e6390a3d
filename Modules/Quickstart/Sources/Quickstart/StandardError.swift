#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lines for the operator.
enum StandardError {
    static func write(_ line: String) {
        // Control characters in text from outside must not forge lines.
        let safe = line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined() + "\n"
        var bytes = Array(safe.utf8)
        unsafe bytes.withUnsafeMutableBytes { buffer in
            _ = unsafe Glibc.write(2, buffer.baseAddress, buffer.count)
        }
    }
}
