import OAuthTypes
import Testing

struct ResponseReaderTests {
    private func reason(_ lines: [String], body limit: Int = 1000) -> TransportError.Reason? {
        var reader = ResponseReader(maximumBodyOctets: limit)
        for line in lines {
            if let reason = reader.take(line: Array("\(line)\r\n".utf8)) { return reason }
        }
        return nil
    }

    private func written(_ fields: [HeaderField]?) -> [String]? {
        fields?.map { "\($0.name): \($0.value)" }
    }

    @Test func keepsStatusFieldsAndBody() {
        var reader = ResponseReader(maximumBodyOctets: 10)
        #expect(reader.progress == .none)
        for line in ["HTTP/1.1 404 Not here\r\n", "A: 1\r\n", "b:\t 2 \t\r\n", "C:\n", "\r\n"] {
            #expect(reader.response == nil)
            #expect(reader.take(line: Array(line.utf8)) == nil)
        }
        #expect(reader.take(body: [1, 2]) == nil)
        #expect(reader.take(body: [3]) == nil)
        #expect(reader.progress == .body)
        #expect(reader.response?.status == 404)
        #expect(written(reader.response?.fields) == ["A: 1", "b: 2", "C: "])
        #expect(reader.response?.body == [1, 2, 3])
    }

    @Test(arguments: ["HTTP/1.1 200", "HTTP/1.0 599 ", "HTTP/1.1 200 \u{E9}"])
    func takesStatusLine(_ line: String) {
        #expect(reason([line]) == nil)
    }

    @Test(arguments: [
        "", "HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/1.2 200 OK", "http/1.1 200 OK", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK",
        "HTTP/1.1  200 OK", "HTTP/1.1 099 OK", "HTTP/1.1 600 OK", "HTTP/1.1 -20 OK", "HTTP/1.1 2x0 OK", "ICY 200 OK",
        "HTTP/1.1 101 Switching Protocols", "HTTP/1.1", "HTTP/1.1 200OK",
    ])
    func refusesStatusLine(_ line: String) {
        #expect(reason([line]) == .protocolViolation)
    }

    @Test(arguments: [
        "no colon", ": no name", "A : white space before the colon", "A B: white space in the name", " A: folded",
        "\tfolded", "A: a\rb", "A: \u{0}", "A: \u{1}", "A: \u{7F}", "\u{E9}: name",
    ])
    func refusesFieldLine(_ line: String) {
        #expect(reason(["HTTP/1.1 200 OK", line]) == .protocolViolation)
    }

    @Test func readsValuesThatAreNotUTF8AsISO8859() {
        var reader = ResponseReader(maximumBodyOctets: 0)
        let head = Array("HTTP/1.1 200 OK\r\nA: \u{E9}\r\nB: ".utf8) + [0xE9, 0x0D, 0x0A, 0x0D, 0x0A]
        for line in head.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            #expect(reader.take(line: line + [0x0A]) == nil)
        }
        #expect(written(reader.response?.fields) == ["A: \u{E9}", "B: \u{E9}"])
    }

    @Test func forgetsInformationalResponses() {
        var reader = ResponseReader(maximumBodyOctets: 0)
        let lines = [
            "HTTP/1.1 103 Early Hints", "Content-Length: x", "", "HTTP/1.1 100 Continue", "", "HTTP/1.1 204 Done",
            "A: 1", "",
        ]
        for line in lines { #expect(reader.take(line: Array("\(line)\r\n".utf8)) == nil) }
        #expect(reader.response?.status == 204)
        #expect(written(reader.response?.fields) == ["A: 1"])
    }

    @Test(arguments: [
        ["Content-Length: 3", "Content-Length: 5"], ["Content-Length: 3, 3"], ["Content-Length: -5"],
        ["Content-Length: +5"], ["Content-Length:"], ["Content-Length: 0x5"],
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: gzip, chunked"], ["Transfer-Encoding: identity"], ["Transfer-Encoding: chunked, chunked"],
        ["Transfer-Encoding: chunked", "transfer-encoding: chunked"], ["Content-Length: 3", "content-length: 03"],
    ])
    func refusesFramingInDoubt(_ fields: [String]) {
        #expect(reason(["HTTP/1.1 200 OK"] + fields + [""]) == .protocolViolation)
    }

    @Test(arguments: [
        [], ["Content-Length: 5"], ["Content-Length: 5", "content-length: 5"], ["Transfer-Encoding: Chunked"],
    ])
    func takesFramingThatIsClear(_ fields: [String]) {
        #expect(reason(["HTTP/1.1 200 OK"] + fields + [""]) == nil)
    }

    @Test func refusesATransferCodingInHTTP10() {
        #expect(reason(["HTTP/1.0 200 OK", "Transfer-Encoding: chunked", ""]) == .protocolViolation)
    }

    @Test(arguments: [
        ["Content-Encoding: br"], ["Content-Encoding: deflate"], ["Content-Encoding: zstd"],
        ["Content-Encoding: gzip, gzip"], ["Content-Encoding: gzip", "content-encoding: gzip"],
        ["Content-Encoding: gzip, identity"], ["Content-Encoding: aes128gcm"],
    ])
    func refusesEveryCodingButOneGzip(_ fields: [String]) {
        let named = fields.map { $0.drop { $0 != " " }.dropFirst() }.joined(separator: ", ")
        #expect(reason(["HTTP/1.1 200 OK"] + fields + [""]) == .contentCoding(named))
        // Nothing is coded where there is no body.
        #expect(reason(["HTTP/1.1 204 No Content"] + fields + [""]) == nil)
        var reader = ResponseReader(maximumBodyOctets: 9, isCodingRefused: false)
        for line in ["HTTP/1.1 200 OK"] + fields + [""] { #expect(reader.take(line: Array("\(line)\r\n".utf8)) == nil) }
    }

    @Test(arguments: [
        "Content-Encoding: gzip", "Content-Encoding: GZip", "Content-Encoding: x-gzip", "Content-Encoding: identity",
        "Content-Encoding:",
    ])
    func takesOneGzip(_ field: String) {
        #expect(reason(["HTTP/1.1 200 OK", field, ""]) == nil)
    }

    @Test func countsTheBodyBeforeItIsDecodedToo() {
        let reader = ResponseReader(maximumBodyOctets: 7)
        #expect(reader.refusal(ofReceived: 7) == nil)
        #expect(reader.refusal(ofReceived: 8) == .bodyTooLarge)
        #expect(reader.refusal(ofReceived: .max) == .bodyTooLarge)
    }

    @Test(arguments: ["1001", "99999999999999999999999"])
    func refusesALengthBeyondTheLimitAtOnce(_ length: String) {
        #expect(reason(["HTTP/1.1 200 OK", "Content-Length: \(length)", ""]) == .bodyTooLarge)
        #expect(reason(["HTTP/1.1 304 Not Modified", "Content-Length: \(length)", ""]) == nil)
    }

    @Test func takesAnyLengthInAnswerToHEAD() {
        var reader = ResponseReader(maximumBodyOctets: 1, isBodyExpected: false)
        for line in ["HTTP/1.1 200 OK", "Content-Length: 1001", ""] {
            #expect(reader.take(line: Array("\(line)\r\n".utf8)) == nil)
        }
    }

    @Test(arguments: [-1, 0, 1, 7])
    func countsTheBody(_ limit: Int) {
        var reader = ResponseReader(maximumBodyOctets: limit)
        for line in ["HTTP/1.1 200 OK", ""] { #expect(reader.take(line: Array("\(line)\r\n".utf8)) == nil) }
        for _ in 0..<max(0, limit) { #expect(reader.take(body: [0]) == nil) }
        #expect(reader.take(body: [0]) == .bodyTooLarge)
        #expect(reader.response?.body.count == max(0, limit))
    }

    @Test func refusesABodyBeforeTheHeaderIsComplete() {
        var reader = ResponseReader(maximumBodyOctets: 100)
        #expect(reader.take(body: [0]) == .protocolViolation)
    }

    @Test func leavesTrailersOutButCountsThem() {
        var reader = ResponseReader(maximumBodyOctets: 0)
        for line in ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", ""] {
            #expect(reader.take(line: Array("\(line)\r\n".utf8)) == nil)
        }
        let trailer = Array("Content-Length: 7\r\n".utf8)
        for _ in 0..<ResponseReader.maximumFields - 1 { #expect(reader.take(line: trailer) == nil) }
        #expect(written(reader.response?.fields) == ["Transfer-Encoding: chunked"])
        #expect(reader.take(line: trailer) == .fieldsTooLarge)
    }

    @Test func boundsTheNumberOfFields() {
        let fields = Array(repeating: "A: 1", count: ResponseReader.maximumFields)
        #expect(reason(["HTTP/1.1 200 OK"] + fields + [""]) == nil)
        #expect(reason(["HTTP/1.1 200 OK"] + fields + ["A: 1"]) == .fieldsTooLarge)
    }

    @Test func boundsTheOctetsOfTheHeader() {
        let status = "HTTP/1.1 200 OK"
        let rest = ResponseReader.maximumHeaderOctets - status.utf8.count - 2 - "A:\r\n".utf8.count
        #expect(reason([status, "A:" + String(repeating: "a", count: rest)]) == nil)
        #expect(reason([status, "A:" + String(repeating: "a", count: rest + 1)]) == .fieldsTooLarge)
        #expect(reason(Array(repeating: "HTTP/1.1 100 Continue\r\n", count: 3000)) == .protocolViolation)
        let informational = (0..<6000).map { $0 % 2 == 0 ? "HTTP/1.1 100 Continue" : "" }
        #expect(reason(informational) == .fieldsTooLarge)
    }
}
