/// A JSON number as written: nothing is rounded until its value is requested.
public struct JSONNumber: Sendable, Hashable {
    /// The number's text, always of the grammar in RFC 8259 §6.
    public let text: String

    /// Creates the number that `text` writes; nil if it breaks the grammar of RFC 8259 §6.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard Self.end(in: bytes.span, from: 0) == bytes.count else { return nil }
        self.text = text
    }

    /// The decimal text of an integer.
    public init(_ integer: Int) {
        text = String(integer)
    }

    /// The number at a range the grammar has been checked for.
    init(checked range: Range<Int>, in text: Span<UInt8>) {
        self.text = JSONStringToken(start: range.lowerBound, end: range.upperBound, hasEscapes: false).string(in: text)
    }

    /// The exact integer value, or nil if the number is not an integer or does not fit: `1e3` is 1000, `1.0` is 1,
    /// `1.5` and `1e300` are nil.
    public var int: Int? {
        var decimal = Decimal(text.utf8)
        decimal.dropTrailingZeros()
        guard !decimal.digits.isEmpty else { return 0 }
        // Int.max has 19 digits; what is longer cannot fit, whatever its digits.
        guard decimal.exponent >= 0, decimal.digits.count + decimal.exponent <= 19 else { return nil }
        let zeros = repeatElement(UInt8(0), count: decimal.exponent)
        var value = 0
        for digit in decimal.digits + zeros {
            let shifted = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = shifted.partialValue.addingReportingOverflow(
                decimal.isNegative ? -Int(digit) : Int(digit))
            guard !shifted.overflow, !overflow else { return nil }
            value = sum
        }
        return value
    }

    /// The nearest floating-point value, or nil when that would be infinite.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Where the number that starts at `start` ends, or nil when none starts there.
    static func end(in text: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        if byte(text, index) == UInt8(ascii: "-") { index += 1 }
        if byte(text, index) == UInt8(ascii: "0") {
            index += 1
        } else {
            guard skipDigits(text, &index) else { return nil }
        }
        if byte(text, index) == UInt8(ascii: ".") {
            index += 1
            guard skipDigits(text, &index) else { return nil }
        }
        if byte(text, index) | 0x20 == UInt8(ascii: "e") {
            index += 1
            if byte(text, index) == UInt8(ascii: "+") || byte(text, index) == UInt8(ascii: "-") { index += 1 }
            guard skipDigits(text, &index) else { return nil }
        }
        return index
    }

    /// The octet at `index`, or zero, which no number contains, past the end.
    private static func byte(_ text: Span<UInt8>, _ index: Int) -> UInt8 {
        index < text.count ? text[index] : 0
    }

    private static func skipDigits(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while byte(text, index).isASCIIDigit { index += 1 }
        return index > start
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    /// The decimal text of an integer literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

/// A number's digits without leading zeros, and the power of ten to multiply them by.
private struct Decimal {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    /// Far beyond any exponent that could matter, far below any that could overflow.
    private static let exponentBound = 1_000_000_000

    init(_ text: String.UTF8View) {
        var afterPoint = false
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): afterPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Self.exponent(rest)
                return
            default:
                if afterPoint { exponent -= 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte &- 0x30) }
            }
        }
    }

    mutating func dropTrailingZeros() {
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
    }

    private static func exponent(_ text: Substring.UTF8View) -> Int {
        var magnitude = 0
        for byte in text where byte.isASCIIDigit {
            magnitude = min(exponentBound, magnitude * 10 + Int(byte - 0x30))
        }
        return text.first == UInt8(ascii: "-") ? -magnitude : magnitude
    }
}
