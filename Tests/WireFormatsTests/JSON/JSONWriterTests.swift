import Testing
import WireFormats

@Suite struct JSONWriterTests {
    private let value: JSONValue = ["b": [1, "x", nil, true], "a": [:], "c": [], "d": ["e": false]]

    @Test func writesCompactTextInOrder() {
        #expect(JSONWriter.text(value) == #"{"b":[1,"x",null,true],"a":{},"c":[],"d":{"e":false}}"#)
    }

    @Test func writesPrettyText() {
        let expected = """
            {
              "b": [
                1,
                "x",
                null,
                true
              ],
              "a": {},
              "c": [],
              "d": {
                "e": false
              }
            }
            """
        #expect(JSONWriter.text(value, style: .pretty) == expected)
    }

    @Test func escapesWhatMustBeEscaped() {
        #expect(
            JSONWriter.text("\"\\/\u{8}\t\n\u{C}\r\0\u{1F}\u{7F}é😀")
                == "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001F\u{7F}é😀\"")
    }

    @Test func writesObjectsDirectly() throws {
        let object: JSONObject = ["a": 1]
        #expect(JSONWriter.text(object) == #"{"a":1}"#)
        #expect(try JSONReader.object(JSONWriter.bytes(object)) == object)
    }
}
