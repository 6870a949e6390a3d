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
        self.init(String(foreign: line[..<colon]), String(foreign: value))
    }
}

extension String {
    /// Reads a header value: UTF-8, or else ISO 8859-1, in which every octet is a character (RFC 9110 §5.5).
    package init(foreign octets: some Collection<UInt8>) {
        self =
            String(validating: octets, as: UTF8.self)
            ?? String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
    }
}
