import Testing
import WireFormats

@Suite struct JSONValueTests {
    static let values: [JSONValue] = [nil, true, 1, "a", [1], ["a": 1]]

    @Test(arguments: values)
    func answersOnlyForItsKind(value: JSONValue) {
        let answers = [
            value.boolValue != nil, value.numberValue != nil, value.stringValue != nil, value.arrayValue != nil,
            value.objectValue != nil,
        ]
        #expect(answers.count { $0 } == (value == .null ? 0 : 1))
        #expect(Self.values.count { $0 == value } == 1)
    }

    @Test func givesIntegersOfNumbersOnly() {
        #expect(JSONValue.number(JSONNumber(7)).intValue == 7)
        #expect(JSONValue.string("7").intValue == nil)
        #expect(JSONValue.bool(true).intValue == nil)
    }
}
