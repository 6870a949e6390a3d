/// One object in the textual encoding of RFC 7468: octets between two lines that name their type.
package struct PEMText: Hashable, Sendable {
    /// What the first line names, such as `PUBLIC KEY`.
    package let label: String
    /// What the base64 between the lines stands for.
    package let octets: [UInt8]

    /// Reads a text of at most `limit` octets that holds one object.
    ///
    /// Lines before it are explanation (RFC 7468 §5.2) and are skipped; after it only white space may follow.
    package init(_ text: [UInt8], limit: Int = 1 << 20) throws(PEMError) {
        guard text.count <= limit else { throw .tooLong(limit: limit) }
        var lines = text.split(whereSeparator: Self.endsLine).map(Self.trimmed).filter { !$0.isEmpty }[...]
        lines = lines.drop { Self.label(in: $0, after: "-----BEGIN ") == nil }
        guard let first = lines.popFirst(), let label = Self.label(in: first, after: "-----BEGIN "),
            let end = lines.firstIndex(where: { $0.starts(with: "-----".utf8) }),
            Self.label(in: lines[end], after: "-----END ") == label
        else { throw .malformed }
        let body = lines[..<end].joined()
        guard !body.contains(UInt8(ascii: ":")) else { throw .hasHeaders }
        guard lines.index(after: end) == lines.endIndex else { throw .hasMore }
        guard !body.isEmpty, let octets = Base64.decode(Array(body).span) else { throw .malformed }
        self.label = label
        self.octets = octets
    }

    private static func endsLine(_ octet: UInt8) -> Bool { octet == 0x0A || octet == 0x0D }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        guard let last = line.lastIndex(where: { !isBlank($0) }) else { return [] }
        return line[...last].drop(while: isBlank)
    }

    private static func label(in line: ArraySlice<UInt8>, after prefix: String) -> String? {
        guard line.starts(with: prefix.utf8), line.count >= prefix.utf8.count + 5,
            line.suffix(5).elementsEqual("-----".utf8)
        else { return nil }
        return String(decoding: line.dropFirst(prefix.utf8.count).dropLast(5), as: UTF8.self)
    }
}

/// Why a text is not a PEM object.
package enum PEMError: Error, Hashable, Sendable {
    /// More octets than the limit.
    case tooLong(limit: Int)
    /// No line `-----BEGIN …-----`, no line `-----END …-----` of the same name, or no base64 between them.
    case malformed
    /// Header lines as RFC 1421 has them, which an encrypted key carries.
    case hasHeaders
    /// There is more text after the object.
    case hasMore
}
