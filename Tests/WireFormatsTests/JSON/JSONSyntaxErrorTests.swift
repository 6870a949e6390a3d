import Testing
import WireFormats

@Suite struct InvalidJSONTests {
    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x31], .byteOrderMark), (Array("[1".utf8), .unexpectedEnd),
            (Array("[x]".utf8), .unexpectedByte), (Array("1 2".utf8), .trailingBytes),
            ([0x22, 0xFF, 0x22], .invalidUTF8), ([0x22, 0x01, 0x22], .controlCharacter),
            (Array(#""\x""#.utf8), .invalidEscape), (Array(#""\ud800""#.utf8), .loneSurrogate),
            (Array("1.".utf8), .malformedNumber), (Array(#"{"a":1,"\u0061":2}"#.utf8), .duplicateName),
            (Array(repeating: UInt8(ascii: " "), count: 1_048_577), .tooLong),
            (Array(repeating: UInt8(ascii: "["), count: 40), .tooDeep),
            (Array("{\((0...1_000).map { "\"\($0)\":0" }.joined(separator: ","))}".utf8), .tooManyMembers),
            (Array("[0\(String(repeating: ",0", count: 10_000))]".utf8), .tooManyElements),
        ] as [([UInt8], JSONSyntaxError.Reason)])
    func namesTheRuleThatIsBroken(_ octets: [UInt8], reason: JSONSyntaxError.Reason) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(reading: octets) }
        #expect(error?.reason == reason)
        #expect(error?.code == reason.rawValue)
        #expect(JSONValue(parsing: octets) == nil)
    }

    @Test func saysWhereWithoutTheText() {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONValue(reading: Array(#"{"secret":1,"secret":2}"#.utf8))
        }
        #expect(error?.description.hasPrefix("a name given twice in one object at octet 1") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func readsUpToTheGivenBoundAndNoFurther() throws {
        let text = Array("\"\(String(repeating: "a", count: 2_000_000))\"".utf8)
        #expect(try JSONValue(reading: text, upTo: text.count).stringValue?.utf8.count == 2_000_000)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(reading: text, upTo: text.count - 1) }
        #expect(try JSONValue(reading: text, upTo: .max).stringValue?.utf8.count == 2_000_000)
    }
}
