import WireFormats

/// Reads the `NumericDate` of RFC 7519 §2 without ever trapping.
enum NumericDate {
    /// The last second of the year 9999.
    static let maximum: Int64 = 253_402_300_799

    /// The whole seconds of a JSON number, rounded down; nil outside 1970…9999.
    ///
    /// A fraction or an exponent is read as the nearest `Double`: a fraction within a millionth of the next second may
    /// count as that second.
    static func seconds(_ number: Span<UInt8>) -> Int64? {
        let value = number.count <= 12 ? digits(number) ?? other(number) : other(number)
        guard let value, (0...maximum).contains(value) else { return nil }
        return value
    }

    /// At most twelve digits, which cannot overflow; nil when something else stands among them.
    private static func digits(_ number: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        for index in number.indices {
            let octet = number[index]
            guard (0x30...0x39).contains(octet) else { return nil }
            value = value * 10 + Int64(octet - 0x30)
        }
        return value
    }

    private static func other(_ number: Span<UInt8>) -> Int64? {
        let number = JSONNumber(text: String(decoding: number.indices.map { number[$0] }, as: UTF8.self))
        return (number?.double?.rounded(.down)).flatMap(Int64.init(exactly:))
    }
}
