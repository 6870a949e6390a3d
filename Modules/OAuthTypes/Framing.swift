/// Where a body ends (RFC 9112 §6.3).
enum Framing {
    case length(Int)
    case chunked
    case untilClose

    /// Nil when the fields leave room for two readings, which is how one response smuggles another.
    init?(_ fields: [HeaderField], minorVersion: UInt8) {
        let codings = fields.values(named: "Transfer-Encoding")
        let lengths = fields.values(named: "Content-Length")
        if let coding = codings.first {
            // RFC 9112 §6.1: HTTP/1.0 knows no transfer coding, and a length beside one ought to be an error.
            guard codings.count == 1, coding.lowercased() == "chunked", lengths.isEmpty, minorVersion == 1
            else { return nil }
            self = .chunked
            return
        }
        guard let text = lengths.first else {
            self = .untilClose
            return
        }
        // RFC 9110 §8.6: the same length twice may be taken as one.
        guard lengths.allSatisfy({ $0.utf8.elementsEqual(text.utf8) }) else { return nil }
        guard let length = Framing.length(text) else { return nil }
        self = .length(length)
    }

    // More digits than an Int holds are still a length, larger than any limit.
    private static func length(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits: text.utf8) ?? .max
    }
}
