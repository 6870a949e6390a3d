/// The media type of a response (RFC 9110 §8.3.1).
package enum MediaType {
    /// `type/subtype` in lower case, without parameters; empty if the field is missing or occurs more than once.
    ///
    /// Untrusted text: at most 64 octets, printable ASCII only.
    package static func essence(_ fields: [HeaderField]) -> String {
        fields.onlyValue(named: "Content-Type").map(essence) ?? ""
    }

    /// Whether the response is `application/json`, whatever its parameters and the case.
    package static func isJSON(_ fields: [HeaderField]) -> Bool {
        essence(fields) == "application/json"
    }

    /// Whether the response is HTML: what a portal or a login page in front of a provider sends.
    package static func isHTML(_ fields: [HeaderField]) -> Bool {
        fields.values(named: "Content-Type").contains { ["text/html", "application/xhtml+xml"].contains(essence($0)) }
    }

    private static func essence(_ value: String) -> String {
        let type = value.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { (0x21...0x7E).contains($0) }
        return String(decoding: type.prefix(64), as: UTF8.self).lowercased()
    }
}
