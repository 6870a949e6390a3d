import OAuthTypes
import Testing

@Suite struct HeaderFieldTests {
    @Test(arguments: ["", "a b", "a:", "a\r\n", "a\0", "\u{E9}", "(a)", "a\"", "a,b"])
    func refusesANameThatIsNoToken(_ name: String) {
        #expect(HeaderField(name, "x") == nil)
    }

    @Test(arguments: ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "\u{7F}", "a\u{1}", "\u{1B}[0m", "a\u{B}"])
    func refusesAValueWithAControlCharacter(_ value: String) {
        #expect(HeaderField("X", value) == nil)
    }

    @Test(arguments: [("", ""), ("a\tb", "a\tb"), (" a b \t", "a b"), ("\t ", ""), ("caf\u{E9} ", "caf\u{E9}")])
    func keepsTheValueWithoutSurroundingWhiteSpace(_ given: String, kept: String) {
        #expect(HeaderField("X-A", given)?.value == kept)
    }

    @Test func comparesNamesWithoutCase() throws {
        let field = try #require(HeaderField("Content-Type", "a"))
        #expect(field.isNamed("content-TYPE"))
        #expect(!field.isNamed("content-typ"))
        #expect(!field.isNamed("content-type "))
        // '@' and '`' differ by the bit that letters fold over.
        #expect(HeaderField("`", "a")?.isNamed("@") == false)
    }

    @Test func tellsOneValueFromSeveral() {
        let fields = ["a", "b"].compactMap { HeaderField("X", $0) } + [HeaderField("Y", "c")].compactMap(\.self)
        #expect(fields.values(named: "x") == ["a", "b"])
        #expect(fields.onlyValue(named: "x") == nil)
        #expect(fields.onlyValue(named: "y") == "c")
        #expect(fields.onlyValue(named: "z") == nil)
    }

    @Test(arguments: ["", "get", "G ET", "GET\r\n", "G\u{CB}T", String(repeating: "A", count: 33)])
    func refusesAMethodThatIsNotUpperCaseLetters(_ text: String) {
        #expect(HTTPMethod(text) == nil)
    }

    @Test func namesMethods() {
        #expect(HTTPMethod("POST") == .post)
        #expect(HTTPMethod("PROPFIND")?.description == "PROPFIND")
    }
}
