import Testing
import WireFormats

@Suite struct PEMTextTests {
    private func read(_ text: String) throws -> PEMText { try PEMText(Array(text.utf8)) }

    @Test(arguments: [
        "-----BEGIN PUBLIC KEY-----\nZm9v\nYmFy\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\r\nZm9vYmFy\r\n-----END PUBLIC KEY-----",
        "Subject: CN=x\n\n  -----BEGIN PUBLIC KEY-----  \n Zm9v \t\n\n YmFy\n-----END PUBLIC KEY-----\n \n\t\n",
    ])
    func readsOneObject(_ text: String) throws {
        let pem = try read(text)
        #expect(pem.label == "PUBLIC KEY")
        #expect(pem.octets == Array("foobar".utf8))
    }

    @Test(arguments: [
        "", "Zm9v", "-----BEGIN X-----\nZm9v", "-----BEGIN X-----\nZm9v\n-----END Y-----",
        "-----BEGIN X-----\n-----END X-----", "-----BEGIN X-----\nZm9\n-----END X-----",
        "-----BEGIN X-----\nZm9v!\n-----END X-----", "-----BEGIN X-----Zm9v-----END X-----",
        "-----BEGIN X-----\nZm 9v\n-----END X-----", "-----BEGIN X----\nZm9v\n-----END X-----", "-----BEGIN -----",
        "-----END X-----\nZm9v\n-----BEGIN X-----",
        "-----BEGIN X-----\nZm9v\n-----BEGIN X-----\nZm9v\n-----END X-----",
    ])
    func refusesWhatIsNone(_ text: String) {
        #expect(throws: PEMError.malformed) { try read(text) }
    }

    @Test func refusesHeadersAndWhatFollows() {
        let object = "-----BEGIN X-----\nZm9v\n-----END X-----\n"
        #expect(throws: PEMError.hasMore) { try read(object + object) }
        #expect(throws: PEMError.hasMore) { try read(object + "x") }
        #expect(throws: PEMError.hasHeaders) {
            try read("-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nZm9v\n-----END X-----")
        }
    }

    @Test func boundsItsInput() throws {
        let text = Array("-----BEGIN X-----\nZm9v\n-----END X-----".utf8)
        #expect(try PEMText(text, limit: text.count).octets == Array("foo".utf8))
        #expect(throws: PEMError.tooLong(limit: 20)) { try PEMText(text, limit: 20) }
    }
}
