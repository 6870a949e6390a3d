import Testing
import WireFormats

@Suite struct CookieHeaderTests {
    @Test func keepsOrderDuplicatesAndRawText() {
        let pairs = CookieHeader.parse("a=1; b=\"two\";a=3 ;\tc=x=y%20z;d=")
        #expect(pairs.map(\.name) == ["a", "b", "a", "c", "d"])
        #expect(pairs.map(\.value) == ["1", "\"two\"", "3", "x=y%20z", ""])
    }

    // CVE-2020-8184
    @Test func neverDecodesNames() {
        #expect(CookieHeader.parse("%5F%5FHost-session=evil").map(\.name) == ["%5F%5FHost-session"])
    }

    @Test(arguments: [
        "", ";", "=x", "novalue", " ; ;", "a b=1", "a\"=1", "é=1", "\u{0B}a=1", "a=1\r\nb", "a=\0", "a=é",
    ])
    func leavesOutWhatIsNoCookie(header: String) {
        #expect(CookieHeader.parse(header).isEmpty)
    }

    @Test func joinsSeveralHeaderFields() {
        #expect(CookieHeader.parse(["a=1; b=2", "a=3"]).map(\.value) == ["1", "2", "3"])
    }

    @Test func returnsNothingPastABound() {
        let hundred = Array(repeating: "a=1", count: 100).joined(separator: "; ")
        #expect(CookieHeader.parse(hundred).count == 100)
        #expect(CookieHeader.parse(hundred + "; a=1").isEmpty)
        let longest = "a=" + String(repeating: "x", count: 65_534)
        #expect(CookieHeader.parse(longest).count == 1)
        #expect(CookieHeader.parse(longest + "x").isEmpty)
        #expect(CookieHeader.parse([longest, "b=1"]).isEmpty)
    }
}
