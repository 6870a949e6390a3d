import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that a test starts and stops. It runs without input; its standard output is read line by line.
package final class LocalProcess: Sendable {
    /// A missing or failing program fails its test, and the message names the program.
    package struct ProcessError: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// The program's process id.
    package let identifier: Int32

    private let name: String
    private let output: CInt
    private let isStopped = Atomic(false)

    /// Starts `command[0]`, which is looked up in PATH, with the rest as arguments.
    /// - Parameter log: where its standard error goes; nil for nowhere.
    package init(_ command: [String], log: String? = nil) throws(ProcessError) {
        name = command.joined(separator: " ")
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ProcessError(description: "no pipe for \(name)") }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(writing) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        do throws(ProcessError) {
            identifier = try LocalProcess.spawn(command, output: writing, log: log ?? "/dev/null")
        } catch {
            close(reading)
            throw error
        }
        output = reading
    }

    deinit {
        close(output)
        terminate()
    }

    /// The next line of standard output. A program that writes none within `seconds` fails the test.
    package func readLine(within seconds: CInt = 60) throws(ProcessError) -> String {
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            var waiting = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            let ready = LocalProcess.uninterrupted { unsafe poll(&waiting, 1, seconds * 1000) }
            guard ready == 1 else { throw ProcessError(description: "\(name) is silent") }
            var octet: UInt8 = 0
            guard LocalProcess.uninterrupted({ CInt(unsafe read(output, &octet, 1)) }) == 1 else {
                throw ProcessError(description: "\(name) ended; is \(name.prefix { $0 != " " }) installed and on PATH?")
            }
            line.append(octet)
        }
        return String(decoding: line.dropLast(), as: UTF8.self)
    }

    /// Stops the program. Calling it again changes nothing.
    package func terminate() {
        // Once only: a number that has been waited for may belong to another process.
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        kill(identifier, SIGKILL)
        _ = LocalProcess.uninterrupted { waitpid(identifier, nil, 0) }
    }

    /// Runs a program to its end. One that fails fails the test.
    package static func run(_ command: [String], log: String? = nil) throws(ProcessError) {
        let identifier = try spawn(command, output: nil, log: log ?? "/dev/null")
        var status: CInt = 0
        guard uninterrupted({ unsafe waitpid(identifier, &status, 0) }) == identifier, status == 0 else {
            throw ProcessError(description: "\(command.joined(separator: " ")) failed with status \(status >> 8)")
        }
    }

    private static func uninterrupted(_ call: () -> CInt) -> CInt {
        var result = call()
        while result == -1, errno == EINTR { result = call() }
        return result
    }

    private static func spawn(_ command: [String], output: CInt?, log: String) throws(ProcessError) -> pid_t {
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
        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var identifier: pid_t = 0
        guard unsafe posix_spawnp(&identifier, command[0], &actions, nil, &arguments, environ) == 0 else {
            throw ProcessError(description: "\(command[0]) cannot be started; is it installed and on PATH?")
        }
        return identifier
    }
}
