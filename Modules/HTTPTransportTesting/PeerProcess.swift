import OAuthTypes
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A program that plays the peer of a transport. It runs without input; its standard output is read line by line.
final class PeerProcess: Sendable {
    private let name: String
    private let identifier: pid_t
    private let output: CInt
    private let isStopped = Atomic(false)

    /// Starts `command[0]`, which is looked up in PATH, with the rest as arguments.
    /// - Parameter log: where its standard error goes.
    init(_ command: [String], log: String) throws(PeerError) {
        name = command[0]
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw PeerError("no pipe for \(name)") }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(writing) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do throws(PeerError) {
            identifier = try PeerProcess.spawn(command, output: writing, log: log)
        } catch {
            close(reading)
            throw error
        }
        output = reading
    }

    deinit {
        terminate()
        close(output)
    }

    /// The next line of standard output; a program that writes none within a minute is broken.
    func readLine() throws(PeerError) -> String {
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            var waiting = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            guard PeerProcess.uninterrupted({ unsafe poll(&waiting, 1, 60_000) }) == 1 else {
                throw PeerError("\(name) is silent")
            }
            var octet: UInt8 = 0
            guard PeerProcess.uninterrupted({ CInt(unsafe read(output, &octet, 1)) }) == 1 else {
                throw PeerError("\(name) ended; is it installed and on PATH?")
            }
            line.append(octet)
        }
        return String(decoding: line.dropLast(), as: UTF8.self)
    }

    /// Stops the program. Calling it again changes nothing.
    func terminate() {
        // Once only: a number that has been waited for may belong to another process.
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        kill(identifier, SIGKILL)
        _ = PeerProcess.uninterrupted { waitpid(identifier, nil, 0) }
    }

    /// Runs a program to its end.
    static func run(_ command: [String]) throws(PeerError) {
        let identifier = try spawn(command, output: nil, log: "/dev/null")
        var status: CInt = 0
        guard uninterrupted({ unsafe waitpid(identifier, &status, 0) }) == identifier, status == 0 else {
            throw PeerError("\(command.joined(separator: " ")) failed with status \(status >> 8)")
        }
    }

    private static func uninterrupted(_ call: () -> CInt) -> CInt {
        var result = call()
        while result == -1, errno == EINTR { result = call() }
        return result
    }

    private static func spawn(_ command: [String], output: CInt?, log: String) throws(PeerError) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = unsafe posix_spawn_file_actions_t()
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let output {
            unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        unsafe posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let variables = EnvironmentVariables.process
        let settings = variables.names.compactMap { name in variables[name].map { "\(name)=\($0)" } }
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        var environment = unsafe settings.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe arguments.forEach { unsafe free($0) }
            unsafe environment.forEach { unsafe free($0) }
        }
        var identifier: pid_t = 0
        guard unsafe posix_spawnp(&identifier, command[0], &actions, nil, &arguments, &environment) == 0 else {
            throw PeerError("\(command[0]) cannot be started; is it installed and on PATH?")
        }
        return identifier
    }
}

/// The kit's own preparations failed.
package struct PeerError: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
