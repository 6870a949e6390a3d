/// A source of octets that arrive in parts.
public struct OctetSource {
    private let read: (_ limit: Int) throws -> [UInt8]

    /// Creates a source from `read`, which returns at least one octet and at most `limit`, and none at the end.
    public init(_ read: @escaping (_ limit: Int) throws -> [UInt8]) {
        self.read = read
    }

    init(_ file: OpenFile) {
        read = { limit in try file.read(upTo: limit) }
    }

    /// The octets that have arrived; none at the end. `name` is for the error.
    func next(_ name: String, upTo limit: Int) throws(UsageError) -> [UInt8] {
        do {
            return try read(limit)
        } catch {
            throw UsageError(
                name == "-" ? "standard input" : name, fix: "cannot be read (\(error)); name a readable file")
        }
    }
}
