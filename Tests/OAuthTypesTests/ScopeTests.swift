import OAuthTypes
import Testing

@Suite struct ScopeTests {
    @Test func readsValuesInOrderAndOnce() throws {
        let scope = try Scope("openid  profile openid email ")
        #expect(scope.values == ["openid", "profile", "email"])
        #expect(scope.description == "openid profile email")
        #expect(try Scope("").isEmpty)
    }

    @Test func comparesWithoutOrder() throws {
        #expect(try Scope("a b") == Scope("b a"))
        #expect(try Scope("a b").hashValue == Scope("b a").hashValue)
        #expect(try Scope("a b") != Scope("a"))
        #expect(try Scope("a") != Scope("A"))
    }

    @Test func coversItsParts() throws {
        let scope = try Scope("openid read:x")
        #expect(try scope.covers(Scope("read:x")))
        #expect(try scope.covers(Scope("")))
        #expect(try !scope.covers(Scope("read:x write:x")))
        #expect(!scope.contains("read"))
    }

    @Test(arguments: ["a\tb", "a\nb", "a\"b", "a\\b", "\u{E9}", "a \u{301}b", "a\0", "a\u{7F}"])
    func refusesForbiddenCharacters(_ text: String) {
        #expect(throws: IdentifierError.self) { try Scope(text) }
    }

    @Test func refusesAnEmptyValueAndOneWithASpace() {
        #expect(throws: IdentifierError.self) { try Scope([""]) }
        #expect(throws: IdentifierError.self) { try Scope(["a b"]) }
    }

    @Test func holdsItsBounds() throws {
        #expect(try Scope((0..<100).map { "s\($0)" }).values.count == 100)
        #expect(throws: IdentifierError.self) { try Scope((0..<101).map { "s\($0)" }) }
        #expect(try Scope(String(repeating: "x", count: 256)).values.count == 1)
        #expect(throws: IdentifierError.self) { try Scope(String(repeating: "x", count: 257)) }
        #expect(throws: IdentifierError.self) { try Scope(String(repeating: "x ", count: 500_000)) }
    }
}
