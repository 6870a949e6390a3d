import OAuthTypes
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder that goes away with the value.
final class ScratchFolder: Sendable {
    struct ScratchFolderError: Error {}

    let path: String

    init() throws {
        var template = Array("\(EnvironmentVariables.process["TMPDIR"] ?? "/tmp")/environment-tests-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { throw ScratchFolderError() }
        path = unsafe String(cString: made)
    }

    deinit { try? LocalProcess.run(["rm", "-rf", path]) }

    /// How many files and folders are in it.
    func count() throws -> String { try line(of: "find . -mindepth 1 | wc -l | tr -d ' '") }

    /// A checksum of every name, file number and content in it.
    func checksum() throws -> String {
        try line(of: "(find . -exec ls -id {} + | sort; find . -type f -exec cksum {} + | sort) | cksum")
    }

    private func line(of script: String) throws -> String {
        try LocalProcess(["sh", "-c", "cd \"$1\" && \(script)", "sh", path]).readLine()
    }

    func holds(_ name: String) -> Bool { unsafe access("\(path)/\(name)", F_OK) == 0 }
}
