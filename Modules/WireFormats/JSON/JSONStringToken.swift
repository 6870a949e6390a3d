/// Where a checked string stands in its text, without the quotes.
struct JSONStringToken {
    var start: Int
    var end: Int
    var hasEscapes: Bool

    /// The octets the string means, escapes resolved.
    func bytes(in text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start)
        var index = start
        while index < end {
            if text[index] == UInt8(ascii: "\\") {
                index += JSONEscape.append(text, at: index, to: &bytes)
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    func string(in text: Span<UInt8>) -> String {
        String(decoding: bytes(in: text), as: UTF8.self)
    }

    /// Whether two strings without escapes are the same octets.
    func isSame(as other: JSONStringToken, in text: Span<UInt8>) -> Bool {
        guard end - start == other.end - other.start else { return false }
        for index in 0..<end - start where text[start + index] != text[other.start + index] { return false }
        return true
    }
}
