#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of the operating system. Unlike Foundation's file handles it returns the available octets without waiting for
/// more, so that a batch can be answered line by line.
final class OpenFile {
    /// An error number of the system.
    struct SystemError: Error, CustomStringConvertible {
        let number: Int32

        var description: String { unsafe String(cString: strerror(number)) }
    }

    static var standardInput: OpenFile { OpenFile(descriptor: STDIN_FILENO) }
    static var standardOutput: OpenFile { OpenFile(descriptor: STDOUT_FILENO) }
    static var standardError: OpenFile { OpenFile(descriptor: STDERR_FILENO) }

    private let descriptor: Int32
    private let isOurs: Bool

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        isOurs = false
    }

    init(reading path: String) throws(SystemError) {
        descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        isOurs = true
        guard descriptor >= 0 else { throw SystemError(number: errno) }
    }

    deinit {
        if isOurs, descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next octets, at most `limit`; none at the end.
    func read(upTo limit: Int) throws(SystemError) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: min(limit, 65_536))
        let count = try Self.repeated {
            unsafe octets.withUnsafeMutableBytes {
                unsafe systemRead(descriptor, into: $0.baseAddress, count: $0.count)
            }
        }
        octets.removeSubrange(count...)
        return octets
    }

    /// Writes all of `octets`.
    func write(_ octets: [UInt8]) throws(SystemError) {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = try Self.repeated {
                unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, from: $0.baseAddress, count: $0.count) }
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func repeated(_ call: () -> Int) throws(SystemError) -> Int {
        while true {
            let count = call()
            if count >= 0 { return count }
            guard errno == EINTR else { throw SystemError(number: errno) }
        }
    }
}

// The methods of the same name hide the functions.
@unsafe
private func systemRead(_ descriptor: Int32, into buffer: UnsafeMutableRawPointer?, count: Int) -> Int {
    unsafe read(descriptor, buffer, count)
}

@unsafe
private func systemWrite(_ descriptor: Int32, from buffer: UnsafeRawPointer?, count: Int) -> Int {
    unsafe write(descriptor, buffer, count)
}
