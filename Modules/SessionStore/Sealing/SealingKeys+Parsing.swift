import WireFormats

extension SealingKeys {
    /// Reads secrets from a setting: separated by commas, newest first, each in hexadecimal or in base64url without
    /// padding.
    ///
    /// A text of hexadecimal digits only is read as hexadecimal. Spaces around a secret are dropped.
    /// - Throws: ``SealingError`` with the index of the first faulty secret, never the text.
    public init(parsing setting: String) throws(SealingError) {
        var secrets: [[UInt8]] = []
        for (index, text) in setting.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            guard let secret = Self.octets(of: text) else { throw .notDecodable(index: index) }
            secrets.append(secret)
        }
        try self.init(secrets: secrets)
    }

    private static func octets(of text: Substring) -> [UInt8]? {
        let letters = text.utf8.drop { $0 == 0x20 }
        guard let last = letters.lastIndex(where: { $0 != 0x20 }) else { return nil }
        let trimmed = letters[...last]
        let lowered = trimmed.map { (0x41...0x46).contains($0) ? $0 | 0x20 : $0 }
        return Hex.decode(lowered) ?? Base64URL.decode(Array(trimmed).span)
    }
}
