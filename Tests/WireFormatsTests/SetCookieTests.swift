import Testing
import WireFormats

@Suite struct SetCookieTests {
    @Test func writesASessionCookie() throws {
        let cookie = try SetCookie(name: "__Host-session", value: "abc_-=")
        #expect(cookie.text == "__Host-session=abc_-=; Path=/; Secure; HttpOnly; SameSite=Lax")
    }

    @Test func writesEveryAttribute() throws {
        let cookie = try SetCookie(
            name: "a", value: "", path: "/b", maxAge: 0, secure: false, httpOnly: false, sameSite: .strict)
        #expect(cookie.text == "a=; Path=/b; Max-Age=0; SameSite=Strict")
        #expect(
            try SetCookie(name: "a", value: "1", sameSite: .none).text.hasSuffix("; Secure; HttpOnly; SameSite=None"))
    }

    // CVE-2026-29086: a semicolon or line break in a part would start another attribute or header.
    static let hostile = [
        "a;b", "a b", "a\r\nb", "a\nb", "a\0", "a\u{7F}", "a,b", "a\"b", "a\\b", "aé", "a\tb", "\r\n", "a\u{301}",
        "a\r\nSet-Cookie: b=c",
    ]

    @Test(arguments: hostile)
    func refusesHostileValues(text: String) {
        #expect(throws: SetCookieError.value) { try SetCookie(name: "a", value: text) }
    }

    @Test(arguments: hostile + ["", "a=b"])
    func refusesHostileNames(text: String) {
        #expect(throws: SetCookieError.name) { try SetCookie(name: text, value: "1") }
    }

    @Test(arguments: hostile.map { "/" + $0 } + ["", "a"])
    func refusesHostilePaths(text: String) {
        #expect(throws: SetCookieError.path) { try SetCookie(name: "a", value: "1", path: text) }
    }

    @Test(arguments: [
        ("__Host-a", "/", false), ("__Host-a", "/b", true), ("__host-a", "/b", true), ("__Secure-a", "/b", false),
        ("__SECURE-a", "/", false),
    ])
    func refusesWhatAPrefixForbids(name: String, path: String, secure: Bool) {
        #expect(throws: SetCookieError.prefix) { try SetCookie(name: name, value: "1", path: path, secure: secure) }
    }

    @Test func refusesSameSiteNoneWithoutSecure() {
        #expect(throws: SetCookieError.sameSite) {
            try SetCookie(name: "a", value: "1", secure: false, sameSite: .none)
        }
    }

    @Test func refusesWhatBrowsersWouldDrop() throws {
        #expect(try SetCookie(name: "a", value: String(repeating: "x", count: 4_095)).value.count == 4_095)
        #expect(throws: SetCookieError.tooLong(limit: 4_096)) {
            try SetCookie(name: "a", value: String(repeating: "x", count: 4_096))
        }
        #expect(throws: SetCookieError.tooLong(limit: 1_024)) {
            try SetCookie(name: "a", value: "1", path: "/" + String(repeating: "x", count: 1_024))
        }
    }
}
