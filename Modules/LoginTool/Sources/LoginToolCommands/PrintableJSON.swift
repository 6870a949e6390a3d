import WireFormats

/// JSON text for terminals and programs alike.
///
/// Characters that steer a terminal or turn the direction of text are written as escapes: a token that nobody has
/// verified must not be able to forge what its reader sees.
enum PrintableJSON {
    static func text(_ value: JSONValue, _ layout: JSONValue.Layout) -> String {
        let text = value.text(layout)
        guard text.unicodeScalars.contains(where: steers) else { return text }
        var printable = ""
        for scalar in text.unicodeScalars {
            // Outside of strings JSON text has none of these, and within them the escape means the same.
            if steers(scalar) { printable += escape(scalar) } else { printable.unicodeScalars.append(scalar) }
        }
        return printable
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F: true  // delete and the C1 controls
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true  // separators and directions
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
