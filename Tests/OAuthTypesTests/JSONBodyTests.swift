import OAuthTypes
import Testing

struct JSONBodyTests {
    @Test func knowsTheStatusesThatCarryContent() {
        let carrying = (100...599).filter { TransportResponse(status: $0).carriesContent }
        #expect(carrying == Array(200...299).filter { ![204, 205, 206].contains($0) })
    }

    @Test(
        arguments: [[], Array("{}".utf8), [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], Array(" \n[1]".utf8), Array("-1".utf8)]
            as [[UInt8]])
    func takesWhatMayBeJSONForDecoded(_ body: [UInt8]) throws {
        let fields = ["Content-Encoding": "gzip", "Content-Type": "application/json"].compactMap {
            HeaderField($0.key, $0.value)
        }
        let read = try JSONBody(TransportResponse(status: 200, fields: fields, body: body), from: .keySet)
        #expect(read.deviations.first?.form == "a content coding although 'identity' was requested")
        #expect(read.text.first != 0xEF)
    }

    @Test(arguments: [[0x1F, 0x8B], [0x78, 0x9C], [0x28, 0xB5, 0x2F, 0xFD], [0xEF, 0xBB], [0xCE]] as [[UInt8]])
    func refusesWhatIsStillCoded(_ body: [UInt8]) throws {
        let fields = [HeaderField("Content-Encoding", "x-coding")].compactMap(\.self)
        #expect(throws: TransportError(.contentCoding("x-coding"), sent: .maybe)) {
            try JSONBody(TransportResponse(status: 200, fields: fields, body: body), from: .metadata)
        }
    }

    @Test(arguments: [
        ("https://a.example/x?code=s3cret", "https://a.example/x"), ("/x?\u{301}code=s3cret", "/x"),
        ("/x#\u{20DD}s3cret", "/x"), ("/\u{E9}x", "/x"),
    ])
    func showsALocationWithoutQueryAndFragment(_ location: String, shown: String) {
        let fields = [HeaderField("Location", location)].compactMap(\.self)
        #expect(TransportResponse(status: 302, fields: fields).shownLocation == shown)
    }
}
