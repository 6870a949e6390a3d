public import OAuthTypes

/// The surroundings of a command: standard input, output and error, a clock, the environment and a transport.
public struct Console {
    let input: OctetSource
    let clock: WallClock
    let surroundings: Surroundings
    private let output: (String) throws -> Void
    private let complaints: (String) -> Void

    /// Creates a console that reads `input`, and passes output and complaints to closures.
    public init(
        input: OctetSource, clock: WallClock, surroundings: Surroundings = Surroundings(),
        output: @escaping (String) throws -> Void, complaints: @escaping (String) -> Void
    ) {
        self.input = input
        self.clock = clock
        self.surroundings = surroundings
        self.output = output
        self.complaints = complaints
    }

    /// Standard input, output and error of the process.
    public static var process: Console {
        let (output, complaints) = (OpenFile.standardOutput, OpenFile.standardError)
        return Console(
            input: OctetSource(OpenFile.standardInput), clock: .system, surroundings: .process,
            output: { try output.write(Array($0.utf8)) },
            // If standard error cannot be written, the exit status still tells.
            complaints: { try? complaints.write(Array($0.utf8)) })
    }

    /// Writes to standard output, at once.
    func write(_ text: String) throws(UsageError) {
        do { try output(text) } catch { throw UsageError("standard output", fix: "cannot be written (\(error))") }
    }

    func complain(_ text: String) { complaints(text) }

    /// The file at `path`, or standard input for `-`.
    func open(_ path: String) throws(UsageError) -> OctetSource {
        guard path != "-" else { return input }
        do {
            return OctetSource(try OpenFile(reading: path))
        } catch {
            throw UsageError(
                path, fix: "cannot be opened (\(error)); name a file that you may read, or - for standard input")
        }
    }

    /// The octets of `path`, at most `limit` and one more, which shows that the file is longer.
    func contents(of path: String, upTo limit: Int) throws(UsageError) -> [UInt8] {
        let source = try open(path)
        var octets: [UInt8] = []
        while octets.count <= limit {
            let next = try source.next(path, upTo: limit + 1 - octets.count)
            guard !next.isEmpty else { break }
            octets += next
        }
        return octets
    }
}
