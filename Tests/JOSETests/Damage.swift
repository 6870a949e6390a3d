import TestSupport

/// What may happen to a token on its way.
enum Damage {
    /// One of the tokens with one random damage; segments may come from another of them.
    static func one(of tokens: [[UInt8]], using random: inout SeededRandom) -> [UInt8] {
        guard let token = tokens.randomElement(using: &random), let other = tokens.randomElement(using: &random) else {
            return []
        }
        let range = [Int.random(in: token.indices, using: &random), .random(in: token.indices, using: &random)].sorted()
        var copy = token
        switch Int.random(in: 0..<7, using: &random) {
        case 0: copy[range[0]] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: copy.removeSubrange(range[0]..<range[1])
        case 2: copy.insert(contentsOf: token[range[0]..<range[1]], at: range[0])
        case 3: copy.swapAt(range[0], range[1])
        case 4: copy = Array(token[range[0]...] + token[..<range[0]])
        case 5: copy = Array(token[..<range[0]] + other.dropFirst(range[0]))
        default:
            let pool = (token.split(separator: 0x2E) + other.split(separator: 0x2E)).map(Array.init)
            copy = Array((0..<3).compactMap { _ in pool.randomElement(using: &random) }.joined(separator: [0x2E]))
        }
        return copy
    }
}
