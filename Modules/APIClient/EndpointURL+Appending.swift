public import OAuthTypes
import WireFormats

/// Why a path cannot be put behind a base URL.
@nonexhaustive
public enum InvalidPath: Error, Hashable, Sendable, CustomStringConvertible {
    /// A character that a path does not have: `?`, `#`, `\`, a space, a control character, anything outside ASCII.
    case characters
    /// `%` without two hexadecimal digits, or octets that are not UTF-8 text.
    case escape
    /// Two slashes in a row, or a segment without a character.
    case emptySegment
    /// `.` or `..`, written plainly or percent-encoded.
    case dotSegment
    /// The base URL has a query.
    case baseHasQuery
    /// The URL would pass 2,048 octets.
    case tooLong

    /// What to write instead.
    public var description: String {
        switch self {
        case .characters:
            "the path holds a character that a path cannot have; a query is given apart, segments by themselves"
        case .escape: "the path holds a % that does not begin an escape of UTF-8 text"
        case .emptySegment: "the path has an empty segment"
        case .dotSegment: "the path has a . or .. segment"
        case .baseHasQuery: "the base URL must not have a query"
        case .tooLong: "the URL would be longer than 2,048 octets"
        }
    }
}

extension EndpointURL {
    /// This URL with `path` behind it, never above it and never at another origin.
    ///
    /// The path is taken as it goes over the wire; a slash at its start makes no difference. `//host`, `https://host`,
    /// `\\host` and `..` are refused, whatever their escapes.
    /// - Parameters:
    ///   - path: one or more segments, percent-encoded already.
    ///   - fields: names and values of the query, percent-encoded here.
    /// - Throws: ``InvalidPath``.
    public func appending(
        path: String, query fields: [(name: String, value: String)] = []
    ) throws(InvalidPath) -> EndpointURL {
        guard query == nil else { throw .baseHasQuery }
        let relative = path.hasPrefix("/") ? path.dropFirst() : path[...]
        try EndpointURL.check(relative)
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        let plaintext: PlaintextHTTP = origin.scheme == "http" ? .loopback : .refused
        guard let joined = try? EndpointURL(base + "/" + relative, allowing: plaintext),
            let url = try? EndpointURL(
                joined.addingQuery(fields.map { FormField(name: $0.name, value: $0.value) }), allowing: plaintext)
        else { throw .tooLong }
        // Nothing that passed the check can move the authority; the comparison keeps it so.
        guard url.origin == origin else { throw .characters }
        return url
    }

    /// This URL with one path segment for each text, percent-encoded here: the way for identifiers that
    /// come from outside.
    /// - Throws: ``InvalidPath`` for an empty segment and for one that reads as `.` or `..`.
    public func appending(segments: [String]) throws(InvalidPath) -> EndpointURL {
        guard segments.allSatisfy({ !$0.isEmpty }) else { throw .emptySegment }
        return try appending(path: segments.map(PercentEncoding.encode).joined(separator: "/"))
    }

    private static func check(_ path: Substring) throws(InvalidPath) {
        guard path.utf8.allSatisfy(isPathOctet) else { throw .characters }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        // A slash at the end is part of many an API's addresses.
        guard segments.dropLast().allSatisfy({ !$0.isEmpty }) else { throw .emptySegment }
        for segment in segments {
            guard let decoded = PercentEncoding.decode(segment) else { throw .escape }
            guard decoded.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .characters }
            // A server may decode before it splits, and some take a backslash for a slash.
            let parts = decoded.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
            guard parts.allSatisfy({ $0 != "." && $0 != ".." }) else { throw .dotSegment }
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
