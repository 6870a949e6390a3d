import WireFormats

/// JSON text for terminals and programs.
///
/// Characters that control a terminal or the direction of text are written as escapes, so that an unverified token
/// cannot forge the display.
enum PrintableJSON {
    static func text(_ value: JSONValue, layout: JSONValue.Layout) -> String {
        let text = value.text(layout)
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var printable = ""
        for scalar in text.unicodeScalars {
            // JSON text has these characters in strings only, where the escape means the same.
            if isControl(scalar) { printable += escape(scalar) } else { printable.unicodeScalars.append(scalar) }
        }
        return printable
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
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
