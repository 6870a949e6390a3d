import Testing
import WireFormats

@Suite struct JSONReaderTests {
    private func read(_ text: String, limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try JSONReader.value(Array(text.utf8), limits: limits)
    }

    @Test func readsEveryKind() throws {
        let value = try read(#" { "a" : [ 1 , -2.50e+3, true , false, null, "x" ] , "b" : { } , "" : [] } "#)
        let expected: JSONObject = [
            "a": [1, .number(JSONNumber(text: "-2.50e+3") ?? 0), true, false, nil, "x"], "b": [:], "": [],
        ]
        #expect(value == .object(expected))
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\uFFFF\u0000""#, "Aé\u{FFFF}\0"),
        (#""\ud83d\ude00""#, "😀"),
        (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), ("\"é😀\u{7F}\"", "é😀\u{7F}"),
    ])
    func readsEscapesAndUnicode(json: String, text: String) throws {
        let value = try read(json)
        #expect(value.stringValue.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test(arguments: [
        ("", JSONError.Code.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1", .unexpectedEnd, 2),
        ("[1,]", .unexpectedByte, 3),
        ("{\"a\" 1}", .unexpectedByte, 5), ("{,}", .unexpectedByte, 1), ("tru", .unexpectedEnd, 3),
        ("nul1", .unexpectedByte, 3),
        ("1 2", .trailingBytes, 2), ("{}}", .trailingBytes, 2), ("01", .trailingBytes, 1), ("-", .malformedNumber, 0),
        ("[1.]", .malformedNumber, 1), ("1e", .malformedNumber, 0), ("+1", .unexpectedByte, 0),
        ("NaN", .unexpectedByte, 0),
        ("\"a\nb\"", .controlCharacter, 2), ("\"a", .unexpectedEnd, 2), (#""\x""#, .invalidEscape, 1),
        (#""\u12g4""#, .invalidEscape, 1),
        (#""\u12"#, .invalidEscape, 1), (#""\"#, .unexpectedEnd, 2), (#""\ud800""#, .loneSurrogate, 1),
        (#""\udc00""#, .loneSurrogate, 1),
        (#""\ud800\u0041""#, .loneSurrogate, 1), (#""\ud800\ud800""#, .loneSurrogate, 1),
        ("\u{FEFF}{}", .byteOrderMark, 0),
    ])
    func refusesBadTextAndSaysWhere(text: String, code: JSONError.Code, offset: Int) {
        #expect(throws: JSONError(code, at: offset)) { try read(text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
            [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]])
    func refusesOctetsThatAreNoUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONError(.invalidUTF8, at: 1)) { try JSONReader.value([quote] + bytes + [quote]) }
        #expect(throws: JSONError(.invalidUTF8, at: 1)) { try JSONReader.value([quote] + bytes) }
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#, #"[{"x":{"a":1,"b":2,"a":3}}]"#,
        #"{"":1,"":2}"#,
        #"{"é":1,"\u00e9":2}"#, #"{"😀":1,"\uD83D\uDE00":1}"#,
    ])
    func refusesDuplicateNamesAfterUnescaping(text: String) {
        let error = #expect(throws: JSONError.self) { try read(text) }
        #expect(error?.code == .duplicateName)
    }

    @Test func refusesADuplicateAtEveryDistance() {
        for count in 1...40 {
            for duplicate in 0..<count {
                let names = (0..<count).map { "\"n\($0)\":0" } + ["\"n\(duplicate)\":1"]
                let error = #expect(throws: JSONError.self) { try read("{" + names.joined(separator: ",") + "}") }
                #expect(error?.code == .duplicateName)
            }
        }
    }

    @Test func tellsApartNamesThatSwiftComparesEqual() throws {
        let object = try JSONReader.object(Array("{\"\u{212A}\":1,\"K\":2,\"e\u{301}\":3,\"\u{E9}\":4}".utf8))
        #expect(object.count == 4)
        #expect(object["K"] == 2)
        #expect(object["\u{E9}"] == 4)
    }

    @Test func sameNameInDifferentObjectsIsNoDuplicate() throws {
        let object = try JSONReader.object(Array(#"{"a":{"a":{"a":1},"b":2},"b":[{"a":1},{"a":2}]}"#.utf8))
        #expect(object.members.map(\.name) == ["a", "b"])
    }

    @Test func holdsTheDepthLimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try read(nested(32)).arrayValue?.count == 1)
        #expect(throws: JSONError(.tooDeep, at: 32)) { try read(nested(33)) }
        #expect(throws: JSONError(.tooDeep, at: 32)) { try read(String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONError(.tooDeep, at: 160)) { try read(String(repeating: "{\"a\":", count: 100_000)) }
        #expect(throws: JSONError(.tooDeep, at: 128)) { try read(nested(129), limits: JSONLimits(depth: .max)) }
        #expect(try read(nested(128), limits: JSONLimits(depth: .max)).arrayValue?.count == 1)
    }

    @Test func holdsTheCountLimits() throws {
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        }
        func array(_ count: Int) -> String {
            "[" + repeatElement("0", count: count).joined(separator: ",") + "]"
        }
        #expect(try read(object(1_000)).objectValue?.count == 1_000)
        #expect(throws: JSONError.self) { try read(object(1_001)) }
        #expect(try read(array(10_000)).arrayValue?.count == 10_000)
        #expect(throws: JSONError(.tooManyElements, at: 20_001)) { try read(array(10_001)) }
        #expect(throws: JSONError(.tooLong, at: 3)) { try read("[12]", limits: JSONLimits(octets: 3)) }
    }

    @Test func wantsAnObjectWhereOneIsDue() {
        #expect(throws: JSONError(.notAnObject, at: 0)) { try JSONReader.object(Array("[]".utf8)) }
    }

    @Test func everyPrefixOfATextIsRefused() {
        let text = Array(#"{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00é"],"b":{"c":{}}}"#.utf8)
        for count in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONReader.value(Array(text[..<count])) }
        }
    }
}
