import OAuthTypes

extension HeaderField {
    /// Reads `name: value` (RFC 9112 §5). A value that is not UTF-8 is read as ISO 8859-1 (RFC 9110 §5.5).
    ///
    /// Nil for a line without a colon, with white space in or after the name, with a control character, or one that
    /// continues the line before (obsolete folding).
    init?(line: ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let isBlank = { (octet: UInt8) in octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") }
        var value = line[line.index(after: colon)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value = value.dropLast() }
        self.init(HeaderField.text(line[..<colon]), HeaderField.text(value))
    }

    private static func text(_ octets: ArraySlice<UInt8>) -> String {
        if let text = String(validating: octets, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    }
}
