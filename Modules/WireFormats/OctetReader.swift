extension FixedWidthInteger {
    /// The number as octets, the most significant one first.
    @inlinable package var bigEndianOctets: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.bitWidth / 8)
        var shift = Self.bitWidth
        while shift > 0 {
            shift -= 8
            octets.append(UInt8(truncatingIfNeeded: self >> Self(shift)))
        }
        return octets
    }

    /// The number whose octets these are, the most significant one first; what exceeds the width is lost.
    @inlinable package init(bigEndianOctets octets: some Sequence<UInt8>) {
        self = octets.reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
    }
}

/// Takes octets off the front of a buffer; every step answers nil once too few are left.
package struct OctetReader {
    private var rest: ArraySlice<UInt8>

    package init(_ octets: some Sequence<UInt8>) { rest = ArraySlice(octets) }

    package init(_ octets: [UInt8]) { rest = octets[...] }

    package var isAtEnd: Bool { rest.isEmpty }

    package var remainder: [UInt8] { Array(rest) }

    package mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    package mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        let count = Number.bitWidth / 8
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    /// A field written by ``Swift/Array/appendField(_:)``.
    package mutating func field() -> [UInt8]? {
        guard let count = number(UInt32.self) else { return nil }
        return take(Int(count))
    }
}

extension [UInt8] {
    /// Appends the length in four octets and the octets, so that different sequences of fields are never equal.
    package mutating func appendField(_ octets: [UInt8]) {
        append(contentsOf: UInt32(truncatingIfNeeded: octets.count).bigEndianOctets)
        append(contentsOf: octets)
    }
}
