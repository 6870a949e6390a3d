/// What a response says about how long it stays fresh (RFC 9111 §4.2).
package enum CacheControl {
    // RFC 9111 §1.2.2: what does not fit counts as 2^31.
    private static let greatestAge: Int64 = 2_147_483_648

    /// Seconds for which the response is still fresh: `max-age` less `Age`, never negative.
    ///
    /// Zero for `no-store` or `no-cache`; nil if the response does not say, or says it in an invalid form. Of several
    /// `max-age` the smallest counts. `Expires` and `s-maxage` are not read.
    package static func maxAge(_ fields: [HeaderField]) -> Int64? {
        var age: Int64?
        for directive in fields.values(named: "Cache-Control").flatMap({ directives($0) }) {
            switch directive.name {
            case "no-store": return 0
            // With an argument it applies to single fields.
            case "no-cache" where directive.argument == nil: return 0
            case "max-age":
                guard let seconds = directive.argument.flatMap({ deltaSeconds($0) }) else { continue }
                age = min(age ?? seconds, seconds)
            default: continue
            }
        }
        return age.map { max(0, $0 - (fields.onlyValue(named: "Age").flatMap { deltaSeconds($0[...]) } ?? 0)) }
    }

    private static func directives(_ value: String) -> [(name: String, argument: Substring?)] {
        elements(value).map { element in
            let parts = element.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
            return (name: parts[0].lowercased(), argument: parts.count == 2 ? unquoted(parts[1]) : nil)
        }
    }

    // Splits at the commas that stand outside quotes (RFC 9110 §5.6.1).
    private static func elements(_ value: String) -> [Substring] {
        var isQuoted = false
        var isEscaped = false
        return value.split { character in
            defer { isEscaped = isQuoted && character == "\\" && !isEscaped }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            return character == "," && !isQuoted
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> Substring {
        text.count >= 2 && text.first == "\"" && text.last == "\"" ? text.dropFirst().dropLast() : text
    }

    private static func deltaSeconds(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return min(Int64(text) ?? greatestAge, greatestAge)
    }
}
