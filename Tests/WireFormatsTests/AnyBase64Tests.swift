import Testing
import WireFormats

@Suite struct AnyBase64Tests {
    private func read(_ text: String, _ counts: ClosedRange<Int> = 0...64) -> AnyBase64? {
        AnyBase64(Array(text.utf8).span, octets: counts)
    }

    @Test(arguments: [
        ("-_8", false, false), ("-_8=", true, false), ("+/8", false, true), ("+/8=", true, true),
        ("AQAB", false, false),
        ("AQ==", true, false), ("AQ", false, false), ("", false, false),
    ])
    func readsEitherAlphabetWithAndWithoutPadding(_ text: String, isPadded: Bool, isStandard: Bool) throws {
        let read = try #require(self.read(text))
        #expect(read.isPadded == isPadded && read.isStandardAlphabet == isStandard)
        let plain = String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" })
        #expect(read.octets == Base64URL.decode(plain))
    }

    @Test(arguments: [
        "-/8", "+_8", "-_8==", "AQ=", "AQ===", "=", "==", "====", "A===", "=AQ=", "AQ =", " AQ", "AQ\n", "AR", "AR==",
        "A",
        "-_9=", "AQAB=", "A=AB", "é8",
    ])
    func readsNoMixtureNoHalfPaddingAndNoOtherText(_ text: String) {
        #expect(read(text) == nil)
    }

    @Test func countsOctetsWithoutThePadding() {
        #expect(read("AQ==", 1...1) != nil)
        #expect(read("AQ==", 2...64) == nil)
        #expect(read("AQAB", 1...2) == nil)
    }
}
