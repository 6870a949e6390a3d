/// Strict base64 with padding (RFC 4648 §4), as HTTP Basic credentials use it.
package enum Base64 {
    /// The padded base64 text of `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text = Base64Alphabet.standard.encode(bytes)
        while !text.count.isMultiple(of: 4) { text.append(padding) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The octets `text` stands for; nil on missing padding, white space, another alphabet or trailing bits that
    /// are not zero.
    package static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8).span)
    }

    /// The octets `text` stands for; nil on missing padding, white space, another alphabet or trailing bits that
    /// are not zero.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var end = text.count
        while end > 0, text.count - end < 2, text[end - 1] == padding { end -= 1 }
        return Base64Alphabet.standard.decode(text.extracting(0..<end))
    }

    private static let padding = UInt8(ascii: "=")
}
