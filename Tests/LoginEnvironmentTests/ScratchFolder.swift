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

    func holds(_ name: String) -> Bool { unsafe access("\(path)/\(name)", F_OK) == 0 }
}
