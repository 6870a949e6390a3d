/// Octets that arrive bit by bit.
public struct OctetSource {
    private let read: (_ limit: Int) throws -> [UInt8]

    /// Octets that `read` returns: at least one and at most `limit` at a time, none at the end.
    public init(_ read: @escaping (_ limit: Int) throws -> [UInt8]) {
        self.read = read
    }

    init(_ file: OpenFile) {
        read = { limit in try file.read(upTo: limit) }
    }

    /// What has arrived, none at the end; `name` is for the problem.
    func next(_ name: String, upTo limit: Int) throws(UsageProblem) -> [UInt8] {
        do {
            return try read(limit)
        } catch {
            throw UsageProblem(name == "-" ? "standard input" : name, "cannot be read (\(error)); name a readable file")
        }
    }
}
