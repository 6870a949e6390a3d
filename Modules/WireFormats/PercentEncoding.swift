/// Percent-encoding of URL components (RFC 3986 §2.1).
package enum PercentEncoding {
    /// `text` with everything but the unreserved characters of RFC 3986 §2.3 percent-encoded.
    package static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) { encoded.append(byte) } else { appendEscape(of: byte, to: &encoded) }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// `text` with every `%XX` replaced by its octet; `+` stays a plus.
    ///
    /// Nil when a `%` is not followed by two hexadecimal digits or the result is not UTF-8.
    package static func decode(_ text: some StringProtocol) -> String? {
        guard let bytes = decode(Array(text.utf8).span, plusIsSpace: false) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    static func decode(_ text: Span<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var offset = 0
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "%"):
                guard let byte = escapedByte(in: text, at: offset) else { return nil }
                bytes.append(byte)
                offset += 3
            case UInt8(ascii: "+") where plusIsSpace:
                bytes.append(UInt8(ascii: " "))
                offset += 1
            case let byte:
                bytes.append(byte)
                offset += 1
            }
        }
        return bytes
    }

    /// The readable part of a damaged form component: broken escapes stay as they are, invalid UTF-8 becomes U+FFFD.
    /// Use it only for text that is shown.
    static func repaired(_ text: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        var offset = 0
        while offset < text.count {
            let octet = text[offset]
            let escaped = octet == UInt8(ascii: "%") ? escapedByte(in: text, at: offset) : nil
            bytes.append(escaped ?? (octet == UInt8(ascii: "+") ? UInt8(ascii: " ") : octet))
            offset += escaped == nil ? 1 : 3
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func appendEscape(of byte: UInt8, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "%"))
        text.append(.hexDigit(byte >> 4))
        text.append(.hexDigit(byte))
    }

    private static func escapedByte(in text: Span<UInt8>, at offset: Int) -> UInt8? {
        guard text.count - offset >= 3 else { return nil }
        guard let high = text[offset + 1].hexDigitValue, let low = text[offset + 2].hexDigitValue else { return nil }
        return high << 4 | low
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: byte.isASCIIAlphanumeric
        }
    }
}
