import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that goes away with the value.
final class ScratchFolder: Sendable {
    struct ScratchFolderError: Error {}

    let path: String

    init() throws {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/flow-tests-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { throw ScratchFolderError() }
        path = unsafe String(cString: made)
    }

    deinit { try? LocalProcess.run(["rm", "-rf", path]) }
}
