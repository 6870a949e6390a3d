public import OAuthTypes
import WireFormats

extension EndpointURL {
    /// Returns this URL with `path` appended, never above it and never at another origin.
    ///
    /// The path is used as sent on the wire; a leading slash makes no difference. `//host`, `https://host`, `\\host`
    /// and `..` are refused, with any escapes.
    /// - Parameters:
    ///   - path: one or more segments, already percent-encoded.
    ///   - fields: names and values of the query, percent-encoded here.
    /// - Throws: `IdentifierError`.
    public func appending(
        path: String, query fields: [(name: String, value: String)] = []
    ) throws(IdentifierError) -> EndpointURL {
        guard query == nil else { throw .path(.baseHasQuery) }
        let relative = path.hasPrefix("/") ? path.dropFirst() : path[...]
        try EndpointURL.check(relative)
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        let plaintext: PlaintextHTTP = origin.scheme == "http" ? .loopback : .refused
        guard let joined = try? EndpointURL(base + "/" + relative, allowing: plaintext),
            let url = try? EndpointURL(
                joined.addingQuery(fields.map { FormField(name: $0.name, value: $0.value) }), allowing: plaintext)
        else { throw .path(.tooLong) }
        // Nothing that passed the check can move the authority; the comparison keeps it so.
        guard url.origin == origin else { throw .path(.characters) }
        return url
    }

    /// This URL with one path segment for each text, percent-encoded here: the way for identifiers that
    /// come from outside.
    /// - Throws: `IdentifierError` for an empty segment and for one that reads as `.` or `..`.
    public func appending(segments: [String]) throws(IdentifierError) -> EndpointURL {
        guard segments.allSatisfy({ !$0.isEmpty }) else { throw .path(.emptySegment) }
        return try appending(path: segments.map(PercentEncoding.encode).joined(separator: "/"))
    }

    private static func check(_ path: Substring) throws(IdentifierError) {
        guard path.utf8.allSatisfy(isPathOctet) else { throw .path(.characters) }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        // A slash at the end is part of many an API's addresses.
        guard segments.dropLast().allSatisfy({ !$0.isEmpty }) else { throw .path(.emptySegment) }
        for segment in segments {
            guard let decoded = PercentEncoding.decode(segment) else { throw .path(.escape) }
            guard decoded.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .path(.characters) }
            // A server may decode before it splits, and some take a backslash for a slash.
            let parts = decoded.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
            guard parts.allSatisfy({ $0 != "." && $0 != ".." }) else { throw .path(.dotSegment) }
        }
    }

    // RFC 3986 §3.3: pchar and the slash.
    private static func isPathOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("/%-._~!$&'()*+,;=:@".utf8).contains(octet)
        }
    }
}
