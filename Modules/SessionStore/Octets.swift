extension FixedWidthInteger {
    /// The number as octets, the most significant one first.
    var bigEndianOctets: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }

    /// The number whose octets these are, the most significant one first; what exceeds the width is lost.
    init(bigEndianOctets octets: some Sequence<UInt8>) {
        self = octets.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}

/// Lower-case hexadecimal text, for file names and logs.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ octets: some Sequence<UInt8>) -> String {
        String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The octets `text` stands for, or nil when it holds anything but pairs of lower-case digits.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        var high: UInt8?
        for letter in text {
            guard let digit = digits.firstIndex(of: letter) else { return nil }
            guard let pending = high else { high = UInt8(digit) << 4; continue }
            octets.append(pending | UInt8(digit))
            high = nil
        }
        return octets
    }
}

/// Takes octets off the front of a buffer; every step answers nil once too few are left.
struct OctetReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: some Sequence<UInt8>) { rest = ArraySlice(octets) }

    var isAtEnd: Bool { rest.isEmpty }

    var remainder: [UInt8] { Array(rest) }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        take(Number.bitWidth / 8).map(Number.init(bigEndianOctets:))
    }

    /// A field written by ``Swift/Array/appendField(_:)``.
    mutating func field() -> [UInt8]? {
        guard let count = number(UInt32.self) else { return nil }
        return take(Int(count))
    }
}

extension [UInt8] {
    /// Appends the length in four octets and the octets, so that no two sequences of fields look alike.
    mutating func appendField(_ octets: some Collection<UInt8>) {
        append(contentsOf: UInt32(truncatingIfNeeded: octets.count).bigEndianOctets)
        append(contentsOf: octets)
    }
}
