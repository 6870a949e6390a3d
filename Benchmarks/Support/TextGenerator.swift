/// Texts that differ from token to token and are the same in every run (SplitMix64).
public struct TextGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts at `seed`.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A text of `count` characters out of `alphabet`.
    public mutating func text(_ count: Int, of alphabet: Alphabet = .alphanumeric) -> String {
        let characters = alphabet.characters
        return String(
            decoding: (0..<count).map { _ in characters[Int(next() % UInt64(characters.count))] }, as: UTF8.self)
    }

    /// Which characters a text is made of.
    public enum Alphabet: String, Sendable {
        /// Letters of both cases and digits.
        case alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        /// Small letters.
        case letters = "abcdefghijklmnopqrstuvwxyz"
        /// Hexadecimal digits.
        case hexadecimal = "0123456789abcdef"

        var characters: [UInt8] { Array(rawValue.utf8) }
    }
}
