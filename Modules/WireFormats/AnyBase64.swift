/// Octets in either alphabet of RFC 4648, with or without padding.
package struct AnyBase64: Equatable, Sendable {
    /// The octets.
    package let octets: [UInt8]
    /// Whether the text ends with padding.
    package let isPadded: Bool
    /// Whether the text has letters that only base64 with `+` and `/` has (RFC 4648 §4).
    package let isStandardAlphabet: Bool

    /// Decodes a text that stands for that many octets, which is checked first; nil for any other.
    package init?(_ text: Span<UInt8>, octets counts: ClosedRange<Int>) {
        var end = text.count
        while end > 0, text.count &- end < 2, text[end &- 1] == UInt8(ascii: "=") { end &-= 1 }
        isPadded = end < text.count
        guard !isPadded || text.count.isMultiple(of: 4) else { return nil }
        guard let count = Base64Alphabet.decodedCount(ofEncodedCount: end), counts.contains(count) else { return nil }
        let letters = text.extracting(0..<end)
        if let octets = Base64Alphabet.urlSafe.decode(letters) {
            (self.octets, isStandardAlphabet) = (octets, false)
        } else if let octets = Base64Alphabet.standard.decode(letters) {
            (self.octets, isStandardAlphabet) = (octets, true)
        } else {
            return nil
        }
    }
}
