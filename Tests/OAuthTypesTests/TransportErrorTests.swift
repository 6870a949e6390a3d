import OAuthTypes
import Testing

struct TransportFailureTests {
    @Test func saysTheReasonAndWhatWasSent() {
        #expect("\(TransportError(.timedOut, sent: .nothing))" == "timedOut (nothing was sent)")
        #expect(
            "\(TransportError(.contentCoding("br"), sent: .maybe))"
                == "the body came in the content coding 'br', which cannot be decoded, though 'identity' was asked for "
                + "(the request may have arrived)")
    }

    @Test(
        arguments: [
            (nil, nil), ("gzip", "gzip"), ("", nil), ("identity", nil), ("IDENTITY", nil), ("br, gzip", "br, gzip"),
            ("g\u{E9}", "g"),
        ] as [(String?, String?)])
    func namesTheCodingOfABody(_ value: String?, expected: String?) {
        let fields = value.map { [HeaderField("content-encoding", $0)].compactMap(\.self) } ?? []
        #expect(fields.contentCoding == expected)
        #expect((fields + fields).contentCoding?.utf8.count ?? 0 <= 64)
    }
}
