/// A response's body as JSON text, with what departed from the standards on the way to it.
///
/// Whether the text is strict JSON is for its reader to say.
package struct JSONBody: Sendable {
    /// The text without a byte order mark, which RFC 8259 §8.1 lets a reader ignore.
    package let text: [UInt8]
    /// How the response departed: its media type, a content coding, a byte order mark.
    package private(set) var deviations: [ProviderDeviation] = []

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Takes the body of `response`, which was expected under one of `types`.
    /// - Throws: `TransportError` with the reason `contentCoding` when the body is still in one.
    package init(
        _ response: TransportResponse, from source: ProviderDeviation.Source,
        expecting types: [String] = ["application/json"]
    ) throws(TransportError) {
        if let coding = response.fields.contentCoding {
            guard JSONBody.mayBegin(response.body) else { throw TransportError(.contentCoding(coding), sent: .maybe) }
            deviations.note(ProviderDeviation(source, form: "a content coding though 'identity' was asked for"))
        }
        if !types.contains(MediaType.essence(response.fields)) {
            deviations.note(ProviderDeviation(source, "Content-Type", form: "another media type than JSON's"))
        }
        guard response.body.starts(with: JSONBody.byteOrderMark) else {
            text = response.body
            return
        }
        text = Array(response.body.dropFirst(3))
        deviations.note(ProviderDeviation(source, form: "a byte order mark at the beginning"))
    }

    // JSON begins with white space, a bracket, a literal or a byte order mark; gzip, zlib and zstd do not.
    private static func mayBegin(_ body: [UInt8]) -> Bool {
        guard let first = body.first else { return true }
        return " \t\r\n{[\"-0123456789tfn".utf8.contains(first) || body.starts(with: byteOrderMark)
    }
}

extension TransportResponse {
    /// Whether the status says that the body is what was asked for: any success but those without a body of their own or
    /// with a part of it.
    package var carriesContent: Bool { (200...299).contains(status) && ![204, 205, 206].contains(status) }

    /// Whether the status sends the client elsewhere.
    package var isRedirect: Bool { (300...399).contains(status) }

    /// Where a redirect leads, without query and fragment, to be shown: at most 256 octets of printable ASCII.
    package var shownLocation: String? {
        guard let location = fields.onlyValue(named: "Location") else { return nil }
        // By octets: a mark that combines with a "?" would hide it among characters.
        let path = location.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return String(decoding: Array(path), as: UTF8.self).printable(upTo: 256)
    }
}
