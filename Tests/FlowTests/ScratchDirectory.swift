import Concurrency
import Glibc

/// A directory for the stores of one test. It lies where the system keeps what need not last.
final class ScratchDirectory: Sendable {
    struct ScratchDirectoryError: Error {}

    let path: String

    init() throws {
        let parent = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/flow-tests-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&template) else { throw ScratchDirectoryError() }
        path = unsafe String(cString: made)
    }

    deinit { ScratchDirectory.empty(path) }

    private static func empty(_ directory: String) {
        guard let stream = unsafe opendir(directory) else { return }
        defer { unsafe closedir(stream) }
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            if unsafe entry.pointee.d_type == UInt8(DT_DIR) { empty(directory + "/" + name) }
            unsafe remove(directory + "/" + name)
        }
        unsafe rmdir(directory)
    }
}

/// Decides when a process is dead.
final class WriteCounter: Sendable {
    struct DeadProcessError: Error {}

    private struct State: Sendable {
        var left: Int?
        var diesAfterwards = false
        var isDead = false
    }

    private let state = Lock(State())

    func arm(_ number: Int, _ afterwards: Bool) {
        state.withLock { $0 = State(left: number, diesAfterwards: afterwards) }
    }

    func live() throws {
        if state.withLock({ $0.isDead }) { throw DeadProcessError() }
    }

    func begin() throws {
        let isDead = state.withLock { state in
            if state.left == 0, !state.diesAfterwards { state.isDead = true }
            return state.isDead
        }
        if isDead { throw DeadProcessError() }
    }

    func end() throws {
        let isDead = state.withLock { state in
            guard let left = state.left else { return false }
            if left == 0 { state.isDead = true }
            state.left = left - 1
            return state.isDead
        }
        if isDead { throw DeadProcessError() }
    }
}
