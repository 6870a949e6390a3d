import Testing
import WireFormats

@Suite struct Base64Tests {
    // RFC 4648 §10
    static let examples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: examples)
    func encodesAndDecodesTheExamplesOfTheStandard(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test func usesTheStandardAlphabet() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.decode("++//") == [0xFB, 0xEF, 0xFF])
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zm8", "=", "====", "Z===", "Zh==", "Zm9=", "Zm9v ", "Z=g=", "--__", "Zg==Zg==", "\nZg=",
    ])
    func refusesWhatEncodingNeverProduces(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
