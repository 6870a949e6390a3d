import OAuthTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder that is removed with its files when the last reference goes.
package final class TemporaryFolder: Sendable {
    private let root: String

    package init() throws(PeerError) {
        // Where POSIX puts temporary files. mkdtemp lets nobody else in and takes a name that nobody had before.
        var template = Array("\(EnvironmentVariables.process["TMPDIR"] ?? "/tmp")/transport-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw PeerError("no temporary folder") }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? PeerProcess.run(["rm", "-rf", root]) }

    package func path(_ name: String) -> String { "\(root)/\(name)" }

    package static func text(of path: String) throws(PeerError) -> String {
        guard let file = unsafe fopen(path, "rb") else { throw PeerError("cannot read \(path)") }
        defer { unsafe fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe fread(&buffer, 1, buffer.count, file), count > 0 { octets += buffer[..<count] }
        return String(decoding: octets, as: UTF8.self)
    }

    package static func write(_ text: String, to path: String) throws(PeerError) {
        guard let file = unsafe fopen(path, "wb") else { throw PeerError("cannot write \(path)") }
        defer { unsafe fclose(file) }
        guard unsafe fputs(text, file) >= 0 else { throw PeerError("cannot write \(path)") }
    }
}
