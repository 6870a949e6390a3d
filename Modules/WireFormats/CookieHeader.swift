/// One cookie as the browser sent it: nothing decoded, nothing unquoted.
package struct CookiePair: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Reads the Cookie header fields of a request (RFC 6265 §5.4).
///
/// Names are compared raw: a decoded `%5F%5FHost-…` would forge a prefix the browser protects (CVE-2020-8184).
/// Duplicates stay, so that the caller can refuse a name that occurs twice.
package enum CookieHeader {
    package static let maximumOctets = 65_536
    package static let maximumCookies = 100

    /// The cookies of one header field.
    package static func parse(_ header: String) -> [CookiePair] {
        parse([header])
    }

    /// The cookies of all header fields of a request, in order; HTTP/2 may split the header into several.
    ///
    /// Pairs without a name, with a name that is no token, or with control characters or octets outside ASCII in the
    /// value are left out. Past either bound nothing is returned: a shortened list could hide a duplicate.
    package static func parse(_ headers: [String]) -> [CookiePair] {
        var octets = 0
        var pairs: [CookiePair] = []
        for header in headers {
            octets += header.utf8.count
            guard octets <= maximumOctets else { return [] }
            for segment in header.utf8.split(separator: UInt8(ascii: ";")) {
                guard let pair = pair(segment) else { continue }
                guard pairs.count < maximumCookies else { return [] }
                pairs.append(pair)
            }
        }
        return pairs
    }

    private static func pair(_ segment: Substring.UTF8View) -> CookiePair? {
        guard let equals = segment.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = trimmed(segment[..<equals])
        let value = trimmed(segment[segment.index(after: equals)...])
        guard !name.isEmpty, name.allSatisfy(\.isTokenCharacter) else { return nil }
        guard value.allSatisfy({ $0 < 0x80 && !$0.isASCIIControl }) else { return nil }
        return CookiePair(name: String(Substring(name)), value: String(Substring(value)))
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var text = text.drop(while: isWhitespace)
        while let last = text.last, isWhitespace(last) { text.removeLast() }
        return text
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
