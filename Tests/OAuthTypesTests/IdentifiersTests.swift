import OAuthTypes
import Testing

@Suite struct IdentifiersTests {
    @Test(arguments: ["a", "app 1", "~", String(repeating: "x", count: 255)])
    func keepsPrintableASCII(_ text: String) throws {
        #expect(try ClientID(text).text == text)
        #expect(try SubjectID(text).text == text)
        #expect(try ProviderSessionID(text).text == text)
    }

    @Test(arguments: ["", "a\nb", "a\r\nb", "a\0b", "a\u{7F}", "\u{E9}", "e\u{301}", "\u{200B}a", "\u{FEFF}"])
    func refusesWhatIsNotPrintableASCII(_ text: String) {
        #expect(throws: IdentifierError.self) { try ClientID(text) }
        #expect(throws: IdentifierError.self) { try SubjectID(text) }
        #expect(throws: IdentifierError.self) { try ProviderSessionID(text) }
    }

    @Test func holdsTheBoundsOfEachKind() throws {
        let text = { (count: Int) in String(repeating: "x", count: count) }
        #expect(throws: IdentifierError.self) { try SubjectID(text(256)) }
        #expect(throws: IdentifierError.self) { try ClientID(text(513)) }
        #expect(throws: IdentifierError.self) { try ProviderSessionID(text(513)) }
        #expect(throws: IdentifierError.self) { try KeyID(text(257)) }
        #expect(try ClientID(text(512)).text.utf8.count == 512)
        #expect(try ProviderSessionID(text(512)).text.utf8.count == 512)
        #expect(try KeyID(text(256)).octets.count == 256)
    }

    @Test func comparesSubjectsExactly() throws {
        #expect(try SubjectID("Alice") != SubjectID("alice"))
        #expect(try SubjectID("alice") != SubjectID("alice "))
    }

    // Both are "é" to String's ==.
    @Test func comparesKeyNamesByOctets() throws {
        #expect(try KeyID("\u{E9}") != KeyID("e\u{301}"))
        #expect(try KeyID("\u{E9}") == KeyID("\u{E9}"))
    }

    @Test func errorNamesTheKindAndNeverTheText() {
        let error = #expect(throws: IdentifierError.self) { try ClientID("canary\n") }
        #expect(error == .text(kind: "client_id", rule: "printable ASCII only"))
        #expect(error.map { !"\($0)".contains("canary") } == true)
    }
}
