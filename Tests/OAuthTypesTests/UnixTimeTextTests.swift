import OAuthTypes
import Testing
import WireFormats

@Suite struct UnixTimeTextTests {
    @Test(arguments: [
        (0, "1970-01-01 00:00:00 UTC"), (-1, "1969-12-31 23:59:59 UTC"), (951_782_400, "2000-02-29 00:00:00 UTC"),
        (1_795_369_205, "2026-11-22 17:40:05 UTC"), (253_402_300_799, "9999-12-31 23:59:59 UTC"),
        (-62_135_596_800, "0001-01-01 00:00:00 UTC"), (253_402_300_800, "253402300800 s"),
        (-62_135_596_801, "-62135596801 s"), (Int64.max, "9223372036854775807 s"), (.min, "-9223372036854775808 s"),
    ])
    func writesEveryNumberThatAProviderMayWrite(_ seconds: Int64, text: String) {
        #expect(UnixTime(seconds: seconds).utcText == text)
    }

    @Test func saysTheSameAsTheDatesOfHTTP() throws {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // A step of 97 days and some hours meets every month, leap years and both ends of centuries.
        for seconds in stride(from: -62_135_596_800, through: 253_402_300_799, by: 8_393_777) {
            let date = try #require(HTTPDate.text(unixSeconds: seconds)).split(separator: " ").map(String.init)
            let month = String(try #require(months.firstIndex(of: date[2])) + 1)
            let expected = "\(date[3])-\(month.count < 2 ? "0" : "")\(month)-\(date[1]) \(date[4]) UTC"
            #expect(UnixTime(seconds: Int64(seconds)).utcText == expected)
        }
    }

    @Test(arguments: [
        (0, "00:00:00"), (86_399, "23:59:59"), (-1, "23:59:59"), (Int64.max, "15:30:07"), (.min, "08:29:52"),
    ])
    func tellsTheTimeOfAnyDay(_ seconds: Int64, text: String) {
        #expect(UnixTime(seconds: seconds).utcTimeOfDay == text)
    }
}
