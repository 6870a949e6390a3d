extension [UInt8] {
    /// A copy with one random damage: a flipped bit, a stretch cut out, doubled or taken from `other`, two octets or two
    /// halves swapped. Now and then that changes nothing.
    package func mutated(with other: [UInt8], using random: inout some RandomNumberGenerator) -> [UInt8] {
        var copy = self
        let range = [Int.random(in: indices, using: &random), .random(in: indices, using: &random)].sorted()
        switch Int.random(in: 0..<7, using: &random) {
        case 0: copy[range[0]] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: copy.removeSubrange(range[0]..<range[1])
        case 2: copy.insert(contentsOf: self[range[0]..<range[1]], at: range[0])
        case 3: copy.swapAt(range[0], range[1])
        case 4: copy = Array(self[range[0]...] + self[..<range[0]])
        case 5: copy.swapSegments(using: &random)
        default: copy.replaceSubrange(range[0]..<range[1], with: other.dropFirst(range[0]).prefix(range[1] - range[0]))
        }
        return copy
    }

    /// Puts the segments between the dots in a random order.
    private mutating func swapSegments(using random: inout some RandomNumberGenerator) {
        let dot = UInt8(ascii: ".")
        let segments = split(separator: dot, omittingEmptySubsequences: false).shuffled(using: &random)
        self = Array(segments.joined(separator: [dot]))
    }
}
