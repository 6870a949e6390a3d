import Glibc
import OAuthTypes
import SessionStore
import Testing

/// A limit on the size of files is an error for the caller, not the end of the process.
struct FileSizeLimitTests {
    @Test func openingADatabaseBeyondTheLimitFails() async {
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            try limitFiles(to: 1_024)
            #expect(throws: SessionStoreError.self) { try SQLiteSessionStore(path: directory.path + "/sessions") }
        }
    }

    @Test func openingFilesBeyondTheLimitFails() async {
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            try limitFiles(to: 4)
            #expect(throws: SessionStoreError.self) { try FileSessionStore(path: directory.path + "/sessions") }
        }
    }

    @Test func leavesTheProgramsOwnHandlerAlone() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGXFSZ) { _ in _exit(7) }
            let directory = try TemporaryDirectory()
            try limitFiles(to: 4)
            _ = try? FileSessionStore(path: directory.path + "/sessions")
        }
    }
}

private func limitFiles(to octets: rlim_t) throws {
    // Threads of the runtime hold signals back; the one that opens a store at a program's start does not.
    var exceeded = sigset_t()
    unsafe sigaddset(&exceeded, SIGXFSZ)
    unsafe pthread_sigmask(SIG_UNBLOCK, &exceeded, nil)
    let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
    limit.rlim_cur = octets
    guard unsafe setrlimit(resource, &limit) == 0 else { throw TemporaryDirectory.SystemError(errno: errno) }
}
