import Testing
import WireFormats

@Suite struct Base64URLTests {
    // RFC 4648 §10, without padding
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy"),
    ])
    func encodesTheExamplesOfTheStandard(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
    }

    @Test func usesTheURLSafeAlphabet() {
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
    }
}
