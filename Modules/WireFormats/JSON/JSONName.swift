/// A member's name as one number: to compare two names is to compare two numbers.
///
/// A name of up to 15 octets is held whole, with its length. Of a longer one the beginning is held, and equality says
/// only that it may be the same.
package struct JSONName: Hashable, Sendable {
    private static var limit: Int { 15 }
    private static var cut: UInt128 { UInt128(0xFF) << 120 }

    private let packed: UInt128
    /// How many slots names fall into.
    static let slots = 64
    /// The name's slot, below ``slots``; names that differ in it are different.
    let slot: UInt8

    /// Whether equality with this name is certain.
    package var isWhole: Bool { packed >> 120 != 0xFF }

    /// The slot as one bit of 64.
    var mark: UInt64 { 1 << UInt64(slot) }

    /// Creates the octets of a name, escapes resolved.
    package init(_ octets: Span<UInt8>) {
        self.init(octets, from: 0, to: octets.count)
    }

    /// Creates the octets of a name.
    package init(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// Creates the octets of `text` from `start` to `end`, where no escape may stand.
    init(_ text: Span<UInt8>, from start: Int, to end: Int) {
        let count = end &- start
        let head = min(count, Self.limit)
        packed = Self.octets(text, from: start, count: head) | (count > Self.limit ? Self.cut : UInt128(count) << 120)
        let folded = UInt64(truncatingIfNeeded: packed) ^ UInt64(truncatingIfNeeded: packed >> 64)
        slot = UInt8(truncatingIfNeeded: (folded &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// How many octets a name has that is whole.
    var count: Int { Int(truncatingIfNeeded: packed >> 120) }

    /// Whether this name, which is whole, stands at `start`.
    @inline(__always)
    func stands(in text: Span<UInt8>, at start: Int) -> Bool {
        Self.octets(text, from: start, count: count) == packed & ~Self.cut
    }

    /// Whether the names are, or may be, the same.
    package static func == (left: JSONName, right: JSONName) -> Bool { left.packed == right.packed }

    /// Feeds the name to `hasher`.
    package func hash(into hasher: inout Hasher) { hasher.combine(packed) }

    /// At most 15 octets as one number, the first of them in its lowest eight bits.
    @inline(__always)
    private static func octets(_ text: Span<UInt8>, from start: Int, count: Int) -> UInt128 {
        guard text.count &- start >= 16 else {
            var octets: UInt128 = 0
            for place in 0..<count { octets |= UInt128(text[start &+ place]) << UInt128(8 * place) }
            return octets
        }
        let words = text.extracting(start..<start &+ 16)
        let (low, high) = (words.word(at: 0), words.word(at: 8))
        guard count >= 8 else { return UInt128(low & Octets.mask(count)) }
        return UInt128(low) | UInt128(high & Octets.mask(count &- 8)) << 64
    }
}
