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
