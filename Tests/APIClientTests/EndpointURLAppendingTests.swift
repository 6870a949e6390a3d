import APIClient
import OAuthTypes
import Testing

@Suite struct EndpointURLAppendingTests {
    static let base = "https://api.example/v1"

    @Test(arguments: [
        ("users", "https://api.example/v1/users"), ("/users", "https://api.example/v1/users"),
        ("users/", "https://api.example/v1/users/"), ("", "https://api.example/v1/"),
        ("@evil.example", "https://api.example/v1/@evil.example"), (":8443", "https://api.example/v1/:8443"),
        (".evil.example", "https://api.example/v1/.evil.example"), ("a%2Fb", "https://api.example/v1/a%2Fb"),
        ("javascript:alert(1)", "https://api.example/v1/javascript:alert(1)"),
        ("a...b", "https://api.example/v1/a...b"),
    ])
    func putsThePathBelowTheBase(path: String, expected: String) throws {
        for text in [Self.base, Self.base + "/"] {
            let url = try EndpointURL(text).appending(path: path)
            #expect(url.text == expected)
            #expect(url.origin == (try EndpointURL(Self.base).origin))
        }
    }

    @Test(arguments: [
        ("//evil.example", IdentifierError.PathRule.emptySegment), ("///evil.example", .emptySegment),
        ("https://evil.example", .emptySegment), ("http://api.example", .emptySegment), ("a//b", .emptySegment),
        ("\\\\evil.example", .characters), ("/\\evil.example", .characters), ("..", .dotSegment),
        ("../admin", .dotSegment),
        ("a/../../b", .dotSegment), ("a/./b", .dotSegment), ("%2e%2e/admin", .dotSegment), (".%2E", .dotSegment),
        ("%2e%2e%2fadmin", .dotSegment), ("a%5c..%5cb", .dotSegment), ("users?id=1", .characters), ("a#b", .characters),
        ("a b", .characters), ("a\r\nHost: evil.example", .characters), ("a%0d%0ab", .characters),
        ("a%00", .characters),
        ("%", .escape), ("%zz", .escape), ("%ff", .escape), ("\u{430}pi.example", .characters), ("a\t", .characters),
    ])
    func refusesPathsThatCouldLeadElsewhere(path: String, expected: IdentifierError.PathRule) throws {
        let base = try EndpointURL(Self.base)
        #expect(throws: IdentifierError.path(expected)) { try base.appending(path: path) }
    }

    @Test func aBaseWithoutAPathCannotBeExtendedIntoAnotherHost() throws {
        let url = try EndpointURL("https://api.example").appending(path: "@evil.example/x")
        #expect(url.text == "https://api.example/@evil.example/x")
        #expect(url.origin.host == "api.example")
    }

    @Test func encodesTheQueryOnce() throws {
        let url = try EndpointURL(Self.base).appending(path: "search", query: [("q", "a&b=c#d"), ("page", "2")])
        #expect(url.text == "https://api.example/v1/search?q=a%26b%3Dc%23d&page=2")
    }

    @Test func keepsLoopbackHTTP() throws {
        let base = try EndpointURL("http://localhost:3002", allowing: .loopback)
        #expect(try base.appending(path: "data").text == "http://localhost:3002/data")
    }

    @Test func encodesSegments() throws {
        let url = try EndpointURL(Self.base).appending(segments: ["users", "auth0|a/b?c", "ä"])
        #expect(url.text == "https://api.example/v1/users/auth0%7Ca%2Fb%3Fc/%C3%A4")
    }

    @Test(arguments: [
        ("..", IdentifierError.PathRule.dotSegment), (".", .dotSegment), ("", .emptySegment), ("a/../b", .dotSegment),
    ])
    func refusesSegmentsThatClimb(segment: String, expected: IdentifierError.PathRule) throws {
        let base = try EndpointURL(Self.base)
        #expect(throws: IdentifierError.path(expected)) { try base.appending(segments: ["users", segment]) }
    }

    @Test func refusesABaseWithAQueryAndAnEndlessPath() throws {
        let withQuery = try EndpointURL("https://api.example/?a=b")
        #expect(throws: IdentifierError.path(.baseHasQuery)) { try withQuery.appending(path: "x") }
        let base = try EndpointURL(Self.base)
        #expect(throws: IdentifierError.path(.tooLong)) {
            try base.appending(path: String(repeating: "a", count: 3000))
        }
    }
}
