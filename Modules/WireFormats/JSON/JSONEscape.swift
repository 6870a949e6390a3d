/// Backslash escapes in strings (RFC 8259 §7).
enum JSONEscape {
    /// The length of the escape at `offset`: 2, 6, or 12 for a surrogate pair. Half a pair is refused.
    static func length(in text: Span<UInt8>, at offset: Int) throws(JSONError) -> Int {
        guard text.count - offset >= 2 else { throw JSONError(.unexpectedEnd, at: text.count) }
        guard text[offset + 1] == UInt8(ascii: "u") else {
            guard simple(text[offset + 1]) != nil else { throw JSONError(.invalidEscape, at: offset) }
            return 2
        }
        guard let unit = codeUnit(in: text, at: offset) else { throw JSONError(.invalidEscape, at: offset) }
        guard UTF16.isSurrogate(unit) else { return 6 }
        guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(in: text, at: offset + 6), UTF16.isTrailSurrogate(trail)
        else { throw JSONError(.loneSurrogate, at: offset) }
        return 12
    }

    /// Appends what the checked escape at `offset` means, and returns its length.
    static func append(_ text: Span<UInt8>, at offset: Int, to output: inout [UInt8]) -> Int {
        if text.count - offset >= 2, let byte = simple(text[offset + 1]) {
            output.append(byte)
            return 2
        }
        let lead = codeUnit(in: text, at: offset) ?? replacement
        guard UTF16.isLeadSurrogate(lead), let trail = codeUnit(in: text, at: offset + 6) else {
            appendScalar(UInt32(lead), to: &output)
            return 6
        }
        appendScalar(0x10000 + (UInt32(lead) & 0x3FF) << 10 + UInt32(trail) & 0x3FF, to: &output)
        return 12
    }

    private static let replacement: UInt16 = 0xFFFD

    private static func simple(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// The code unit that `\u` and four digits write at `offset`, if one is there.
    private static func codeUnit(in text: Span<UInt8>, at offset: Int) -> UInt16? {
        guard text.count - offset >= 6, text[offset] == UInt8(ascii: "\\"), text[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for index in offset + 2..<offset + 6 {
            guard let digit = text[index].hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private static func appendScalar(_ value: UInt32, to output: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return }
        output += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
}
