import Testing
import WireFormats

@Suite struct JSONObjectTests {
    @Test func keepsTheOrderOfMembers() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = "new"
        #expect(object.members.map(\.name) == ["b", "a", "c"])
        #expect(object["b"] == "new")
        object["a"] = nil
        #expect(object.members.map(\.name) == ["b", "c"])
        #expect(object.count == 2)
        #expect(!object.isEmpty)
    }

    @Test func tellsNullFromAbsent() {
        var object = JSONObject()
        object["a"] = .some(.null)
        #expect(object["a"] == .some(.null))
        #expect(object["b"] == nil)
    }

    @Test func lastValueOfADoubledNameStays() {
        #expect(JSONObject([("a", 1), ("b", 2), ("a", 3)]) == ["a": 3, "b": 2])
    }

    @Test func comparesOctetsNotCharacters() {
        #expect(JSONObject([("\u{212A}", 1), ("K", 2)]).count == 2)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
        #expect(Set<JSONValue>(["K", "\u{212A}", "K"]).count == 2)
    }
}
