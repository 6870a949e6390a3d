import TestSupport
import Testing
import WireFormats

@Suite struct HTTPDateTests {
    static let examples = [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
        ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799), ("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800),
    ]

    @Test(arguments: examples)
    func writesAndReads(text: String, seconds: Int) {
        #expect(HTTPDate.text(unixSeconds: seconds) == text)
        #expect(HTTPDate.unixSeconds(text) == seconds)
    }

    @Test(arguments: [
        "", "Mon, 06 Nov 1994 08:49:37 GMT", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Thu, 30 Feb 2023 00:00:00 GMT", "Mon, 29 Feb 2100 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GM\u{E9}",
    ])
    func refusesEverythingElse(text: String) {
        #expect(HTTPDate.unixSeconds(text) == nil)
    }

    @Test func countsALeapSecondAsTheNextSecond() {
        #expect(HTTPDate.unixSeconds("Sat, 31 Dec 2016 23:59:60 GMT") == 1_483_228_800)
    }

    @Test(arguments: [Int.min, Int.max, -62_135_596_801, 253_402_300_800])
    func writesNoYearWithoutFourDigits(seconds: Int) {
        #expect(HTTPDate.text(unixSeconds: seconds) == nil)
    }

    @Test func bringsRandomTimesBack() {
        var random = SeededRandom(seed: 9110)
        var differences = 0
        for _ in 0..<20_000 {
            let seconds = Int.random(in: -62_135_596_800...253_402_300_799, using: &random)
            if HTTPDate.text(unixSeconds: seconds).flatMap({ HTTPDate.unixSeconds($0) }) != seconds { differences += 1 }
        }
        #expect(differences == 0)
    }
}
