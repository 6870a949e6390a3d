public import OAuthTypes

/// What a command has around it: standard input and output, a place for complaints, and a clock.
public struct Console {
    let input: OctetSource
    let clock: WallClock
    private let output: (String) throws -> Void
    private let complaints: (String) -> Void

    /// A console that reads `input` and hands what is written to `output` and `complaints`.
    public init(
        input: OctetSource, clock: WallClock, output: @escaping (String) throws -> Void,
        complaints: @escaping (String) -> Void
    ) {
        self.input = input
        self.clock = clock
        self.output = output
        self.complaints = complaints
    }

    /// Standard input, output and error of the process.
    public static var process: Console {
        let (output, complaints) = (OpenFile.standardOutput, OpenFile.standardError)
        return Console(
            input: OctetSource(OpenFile.standardInput), clock: .system,
            output: { try output.write(Array($0.utf8)) },
            // When nobody can be told, the exit status is what is left.
            complaints: { try? complaints.write(Array($0.utf8)) })
    }

    /// Writes to standard output, at once.
    func write(_ text: String) throws(UsageProblem) {
        do { try output(text) } catch { throw UsageProblem("standard output", "cannot be written (\(error))") }
    }

    func complain(_ text: String) { complaints(text) }

    /// The file at `path`, or standard input for `-`.
    func open(_ path: String) throws(UsageProblem) -> OctetSource {
        guard path != "-" else { return input }
        do {
            return OctetSource(try OpenFile(reading: path))
        } catch {
            throw UsageProblem(
                path, "cannot be opened (\(error)); name a file that you may read, or - for standard input")
        }
    }

    /// The octets of `path`, at most `limit` and one more: who gets more than `limit` knows that there is more.
    func contents(of path: String, upTo limit: Int) throws(UsageProblem) -> [UInt8] {
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
