/// A member's name as one number: to compare two names is to compare two numbers.
///
/// A name of up to 15 octets is held whole, with its length. Of a longer one the beginning is held, and equality says
/// only that it may be the same.
package struct JSONName: Hashable, Sendable {
    private static let limit = 15
    private static let cut = UInt128(0xFF) << 120

    private let packed: UInt128

    /// Whether equality with this name is certain.
    package var isWhole: Bool { packed >> 120 != 0xFF }

    /// One of 64 marks; names that differ in it are different.
    var mark: UInt64 {
        let folded = UInt64(truncatingIfNeeded: packed ^ (packed >> 61))
        return 1 << ((folded &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }

    /// Takes the octets of a name, escapes resolved.
    package init(_ octets: Span<UInt8>) {
        self.init(octets, from: 0, to: octets.count)
    }

    /// Takes the octets of a name.
    package init(_ text: String) {
        self.init(Array(text.utf8).span)
    }

    /// Takes the octets of `text` from `start` to `end`, where no escape may stand.
    init(_ text: Span<UInt8>, from start: Int, to end: Int) {
        let count = end - start
        let head = min(count, Self.limit)
        var octets: UInt128 = 0
        if text.count &- start >= 16 {
            octets = UInt128(text.word(at: start)) | UInt128(text.word(at: start &+ 8)) << 64
            octets &= (1 << UInt128(8 * head)) &- 1
        } else {
            for place in 0..<head { octets |= UInt128(text[start &+ place]) << UInt128(8 * place) }
        }
        packed = octets | (count > Self.limit ? Self.cut : UInt128(count) << 120)
    }
}
