/// A response's body as JSON text, with the deviations of the response.
///
/// Whether the text is strict JSON is for its reader to decide.
package struct JSONBody: Sendable {
    /// The text without a byte order mark, which RFC 8259 §8.1 lets a reader ignore.
    package let text: [UInt8]
    /// The deviations of the response: its media type, a content coding, a byte order mark.
    package private(set) var deviations: [ProviderDeviation] = []

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Creates a body from `response`, which should have one of `types`.
    /// - Throws: `TransportError` with the reason `contentCoding` if the body is still encoded.
    package init(
        _ response: TransportResponse, from source: ProviderDeviation.Source,
        expecting types: [String] = ["application/json"]
    ) throws(TransportError) {
        if let coding = response.fields.contentCoding {
            guard JSONBody.mayBegin(response.body) else { throw TransportError(.contentCoding(coding), sent: .maybe) }
            deviations.note(ProviderDeviation(source, form: "a content coding although 'identity' was requested"))
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
    /// Whether the status carries the requested content: any 2xx status except those without a body of their own or
    /// with a part of it.
    package var carriesContent: Bool { (200...299).contains(status) && ![204, 205, 206].contains(status) }

    /// Whether the status redirects the client.
    package var isRedirect: Bool { (300...399).contains(status) }

    /// The target of a redirect for display, without query and fragment: at most 256 octets of printable ASCII.
    package var shownLocation: String? {
        guard let location = fields.onlyValue(named: "Location") else { return nil }
        // By octets: a character that combines with a "?" would hide it.
        let path = location.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return String(decoding: Array(path), as: UTF8.self).printable(upTo: 256)
    }
}
