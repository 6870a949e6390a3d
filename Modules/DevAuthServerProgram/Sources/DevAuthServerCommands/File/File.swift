public import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The configuration file as it lies on the disk.
public enum File {
    /// The octets of the file at `path`. Of one that is too long, one octet more than may be read.
    /// - Throws: `SettingsError` if it cannot be read.
    public static func octets(_ path: String) throws(SettingsError) -> [UInt8] {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while octets.count <= FileReader.limit {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw unreadable(path) }
            guard count > 0 else { break }
            octets += buffer[..<count]
        }
        return octets
    }

    private static func unreadable(_ path: String) -> SettingsError {
        let reason = unsafe String(cString: strerror(errno))
        return SettingsError(faults: [
            .file("--config", "\(path.shown) cannot be read (\(reason))", fix: "Name a file that you may read.")
        ])
    }
}
