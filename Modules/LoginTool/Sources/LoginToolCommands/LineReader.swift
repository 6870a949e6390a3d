/// Splits octets into lines and holds at most `limit` octets of one.
struct LineReader {
    enum Line: Equatable {
        case octets([UInt8])
        /// A line that was read to its end but not kept.
        case tooLong
    }

    private let source: OctetSource
    private let name: String
    private let limit: Int
    private var chunk: [UInt8] = []
    private var position = 0

    init(_ source: OctetSource, name: String, limit: Int) {
        self.source = source
        self.name = name
        self.limit = limit
    }

    /// The next line without its line feed; nil at the end. The last line may lack the line feed.
    mutating func next() throws(UsageError) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if position == chunk.count {
                chunk = try source.next(name, upTo: 65_536)
                position = 0
                guard !chunk.isEmpty else { return isTooLong ? .tooLong : line.isEmpty ? nil : .octets(line) }
            }
            let rest = chunk[position...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            let piece = rest[..<(end ?? rest.endIndex)]
            isTooLong = isTooLong || line.count + piece.count > limit
            if isTooLong { line = [] } else { line += piece }
            position = end.map { $0 + 1 } ?? chunk.count
            if end != nil { return isTooLong ? .tooLong : .octets(line) }
        }
    }
}
