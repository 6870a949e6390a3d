import Testing
import WireFormats

@Suite struct FormEncodingTests {
    @Test func writesFieldsInOrder() throws {
        let fields = [
            FormField(name: "grant_type", value: "authorization_code"), FormField(name: "a b", value: "1+1=2 & é~"),
            FormField(name: "empty", value: ""),
        ]
        let text = FormEncoding.encode(fields)
        #expect(text == "grant_type=authorization_code&a+b=1%2B1%3D2+%26+%C3%A9%7E&empty=")
        #expect(try FormEncoding.decode(text) == fields)
    }

    // RFC 6749 appendix B
    @Test func writesTheComponentOfTheStandard() {
        #expect(FormEncoding.encodeComponent(" %&+£€") == "+%25%26%2B%C2%A3%E2%82%AC")
    }

    @Test func keepsOrderAndDuplicates() throws {
        let fields = try FormEncoding.decode("code=1&state=x&code=2&flag&&=v&a=b=c")
        #expect(fields.map(\.name) == ["code", "state", "code", "flag", "", "a"])
        #expect(fields.map(\.value) == ["1", "x", "2", "", "v", "b=c"])
    }

    @Test(arguments: ["", "&", "&&", "&&&&&&&&&&", "=", "&=&", "=&="])
    func findsNothingInSeparatorsAlone(text: String) throws {
        #expect(try FormEncoding.decode(text).allSatisfy { $0.name.isEmpty && $0.value.isEmpty })
    }

    @Test func readsPlusAsSpaceAndEscapedPlusAsPlus() throws {
        #expect(try FormEncoding.decode(Array("a+b=c%2Bd".utf8)) == [FormField(name: "a b", value: "c+d")])
    }

    @Test(arguments: [
        ("ok=1&bad=%", FormError.malformedEscape(field: 1)), ("a=%zz", .malformedEscape(field: 0)),
        ("%4", .malformedEscape(field: 0)),
        ("a=1&b=2&%FF=x", .invalidUTF8(field: 2)), ("a=%ED%A0%80", .invalidUTF8(field: 0)),
    ])
    func refusesBadEscapesAndNamesTheField(text: String, error: FormError) {
        #expect(throws: error) { try FormEncoding.decode(text) }
    }

    @Test func refusesRawOctetsThatAreNoUTF8() {
        #expect(throws: FormError.invalidUTF8(field: 0)) { try FormEncoding.decode([0x61, 0x3D, 0xC3]) }
    }

    @Test func holdsItsLimits() throws {
        let hundred = Array(repeating: "a=1", count: 100).joined(separator: "&")
        #expect(try FormEncoding.decode(hundred).count == 100)
        #expect(throws: FormError.tooManyFields(limit: 100)) { try FormEncoding.decode(hundred + "&a=1") }
        let longest = "a=" + String(repeating: "x", count: 65_534)
        #expect(try FormEncoding.decode(longest).count == 1)
        #expect(throws: FormError.tooLong(limit: 65_536)) { try FormEncoding.decode(longest + "x") }
        #expect(throws: FormError.tooLong(limit: 4)) { try FormEncoding.decode("a=123", limits: FormLimits(octets: 4)) }
    }
}
