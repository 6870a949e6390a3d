import Testing
import WireFormats

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("0.000e99", 0), ("0e-9999999999999999999999", 0), ("1", 1), ("-1", -1), ("1.0", 1),
            ("1e3", 1_000),
            ("1E+3", 1_000), ("1.5e1", 15), ("1500e-2", 15), ("0.001e3", 1), ("1.70000e9", 1_700_000_000),
            ("253402300799", 253_402_300_799),
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("9223372036854775807.000", Int.max),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1e18", 1_000_000_000_000_000_000),
            ("1e19", nil), ("1e300", nil),
            ("-1e300", nil), ("1.5", nil), ("1e-1", nil), ("0.1", nil), ("1e99999999999999999999", nil),
            ("1e-99999999999999999999", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func givesExactIntegersOnly(text: String, integer: Int?) {
        #expect(JSONNumber(text: text).map(\.int) == .some(integer))
    }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x10", "1 ", " 1", "1.5.5", "NaN", "Infinity", "1_0",
        "1٣", "1\0",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test(
        arguments: [("1.5", 1.5), ("-2.5e-1", -0.25), ("1e300", 1e300), ("1e400", nil), ("-1e400", nil), ("1e-400", 0)]
            as [(String, Double?)])
    func givesFiniteDoublesOnly(text: String, double: Double?) {
        #expect(JSONNumber(text: text).map(\.double) == .some(double))
    }

    @Test func keepsItsText() {
        #expect(JSONNumber(text: "1.50E+02")?.text == "1.50E+02")
        #expect(JSONNumber(Int.min).text == "-9223372036854775808")
        #expect(JSONNumber(text: "1.0") != JSONNumber(1))
    }

    @Test func survivesAVeryLongText() {
        let digits = String(repeating: "9", count: 100_000)
        #expect(JSONNumber(text: digits)?.int == nil)
        #expect(JSONNumber(text: "1" + String(repeating: "0", count: 100_000) + "e-100000")?.int == 1)
    }
}
