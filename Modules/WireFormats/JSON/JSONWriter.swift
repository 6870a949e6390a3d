/// Writes values as JSON text. The same value always gives the same text: members in order, numbers as written.
package enum JSONWriter {
    package enum Style: Sendable, Hashable {
        /// No white space at all.
        case compact
        /// One member or element a line, two spaces a level, for people.
        case pretty
    }

    /// The text of `value`.
    package static func text(_ value: JSONValue, style: Style = .compact) -> String {
        String(decoding: bytes(value, style: style), as: UTF8.self)
    }

    /// The text of `object`.
    package static func text(_ object: JSONObject, style: Style = .compact) -> String {
        text(.object(object), style: style)
    }

    /// The UTF-8 octets of the text of `value`.
    package static func bytes(_ value: JSONValue, style: Style = .compact) -> [UInt8] {
        var output = Output(style: style)
        output.write(value)
        return output.bytes
    }

    /// The UTF-8 octets of the text of `object`.
    package static func bytes(_ object: JSONObject, style: Style = .compact) -> [UInt8] {
        bytes(.object(object), style: style)
    }
}

private struct Output {
    private(set) var bytes: [UInt8] = []
    private let style: JSONWriter.Style
    private var level = 0

    init(style: JSONWriter.Style) {
        self.style = style
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let number): bytes += number.text.utf8
        case .string(let text): write(text)
        case .array(let elements): list("[", elements, closing: "]") { output, element in output.write(element) }
        case .object(let object):
            list("{", object.members, closing: "}") { output, member in
                output.write(member.name)
                output.bytes += (output.style == .pretty ? ": " : ":").utf8
                output.write(member.value)
            }
        }
    }

    private mutating func list<Item>(
        _ opening: String, _ items: [Item], closing: String, write: (inout Output, Item) -> Void
    ) {
        bytes += opening.utf8
        level += 1
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine()
            write(&self, item)
        }
        level -= 1
        if !items.isEmpty { breakLine() }
        bytes += closing.utf8
    }

    private mutating func breakLine() {
        guard style == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: level * 2)
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += "\\b".utf8
            case 0x09: bytes += "\\t".utf8
            case 0x0A: bytes += "\\n".utf8
            case 0x0C: bytes += "\\f".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0..<0x20: bytes += "\\u00".utf8 + [.hexDigit(byte >> 4), .hexDigit(byte)]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
