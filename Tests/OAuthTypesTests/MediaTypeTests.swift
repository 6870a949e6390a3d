import OAuthTypes
import Testing

struct MediaTypeTests {
    @Test(arguments: [
        ("application/json", "application/json"), ("Application/JSON; charset=utf-8", "application/json"),
        ("application/json ;x=y", "application/json"), ("text/html", "text/html"), ("", ""), (";", ""),
        ("te xt/é", "text/"), (String(repeating: "x", count: 100), String(repeating: "x", count: 64)),
    ])
    func readsTheTypeWithoutItsParameters(_ value: String, expected: String) throws {
        #expect(MediaType.essence([try #require(HeaderField("content-type", value))]) == expected)
    }

    @Test func takesTwoTypesForNone() throws {
        let field = try #require(HeaderField("Content-Type", "application/json"))
        #expect(MediaType.isJSON([field]))
        #expect(!MediaType.isJSON([field, field]))
        #expect(!MediaType.isJSON([]))
    }

    @Test(arguments: ["text/html", "Text/HTML;charset=utf-8", "application/xhtml+xml"])
    func knowsAPageEvenBesideAnotherType(_ value: String) throws {
        let page = try #require(HeaderField("Content-Type", value))
        let json = try #require(HeaderField("content-type", "application/json"))
        #expect(MediaType.isHTML([page]) && MediaType.isHTML([json, page]))
        #expect(!MediaType.isHTML([json]) && !MediaType.isHTML([]))
    }
}
