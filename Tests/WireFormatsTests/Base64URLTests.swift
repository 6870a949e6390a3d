import TestSupport
import Testing
import WireFormats

@Suite struct Base64URLTests {
    // RFC 4648 §10, without padding
    static let examples = [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: examples)
    func encodesTheExamplesOfTheStandard(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
    }

    @Test(arguments: examples)
    func decodesTheExamplesOfTheStandard(plain: String, text: String) {
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test func usesTheURLSafeAlphabet() {
        #expect(Base64URL.encode([0xFB, 0xEF, 0xFF]) == "--__")
        #expect(Base64URL.decode("--__") == [0xFB, 0xEF, 0xFF])
    }

    @Test(arguments: [
        "A", "AAAAA", "Zg==", "Zm8=", "Zm9v=", "Zm 9v", "Zm9v\n", " Zm9v", "++//", "Zm9v.", "Zm9é", "Zm9v\0", "Zh",
        "Zm9", "AAAAAB",
    ])
    func refusesWhatEncodingNeverProduces(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(
        arguments: [(0, 0), (1, nil), (2, 1), (3, 2), (4, 3), (5, nil), (86, 64), (-1, nil), (-3, nil)] as [(Int, Int?)]
    )
    func knowsTheDecodedCount(encoded: Int, decoded: Int?) {
        #expect(Base64URL.decodedCount(ofEncodedCount: encoded) == decoded)
    }

    @Test func replacesWhatTheStorageHeld() {
        var octets = Array("something longer than what follows".utf8)
        for (text, expected) in [("Zm9v", "foo"), ("", ""), ("Zm9vYmFyYmF6cXV4MTIzNA", "foobarbazqux1234")] {
            #expect(Base64URL.decode(Array(text.utf8).span, replacing: &octets))
            #expect(octets == Array(expected.utf8))
        }
    }

    /// Every place of a text that is decoded eight letters at a time, and of the rest.
    @Test func refusesEveryOtherOctetAtEveryPlace() {
        let text = Array("Zm9vYmFyYmF6cXV4MTIzNA".utf8)
        for (place, octet) in text.indices.flatMap({ place in (0...255).map { (place, UInt8($0)) } }) {
            var changed = text
            changed[place] = octet
            #expect((Base64URL.decode(changed.span) != nil) == (Reference.decode(changed) != nil))
        }
    }

    /// Up to three letters, in a thorough run up to four.
    @Test func agreesWithTheReferenceOnAllShortTexts() {
        let letters = Array((Reference.letters + "+/= .\n").utf8)
        #expect(letters.count == 70)
        let most = PropertyCases.isThorough ? 4 : 3
        var (differences, texts) = (0, 0)
        func compareAll(beginningWith text: [UInt8]) {
            texts += 1
            if Base64URL.decode(text.span) != Reference.decode(text) { differences += 1 }
            guard text.count < most else { return }
            for letter in letters { compareAll(beginningWith: text + [letter]) }
        }
        compareAll(beginningWith: [])
        #expect(texts == (0...most).map { (0..<$0).reduce(1) { power, _ in power * 70 } }.reduce(0, +))
        #expect(differences == 0)
    }

    @Test func agreesWithTheReferenceOnRandomTexts() {
        var random = SeededRandom(seed: 4648)
        // Mostly good letters, or nearly every text would be refused at once.
        let letters = Array(String(repeating: Reference.letters, count: 30).utf8) + Array("+/= .\n\u{E9}\0".utf8)
        let cases = max(100_000, PropertyCases.count)
        var (differences, accepted) = (0, 0)
        for _ in 0..<cases {
            let count = Int.random(in: 0...40, using: &random)
            let text = (0..<count).map { _ in letters[Int.random(in: letters.indices, using: &random)] }
            let expected = Reference.decode(text)
            if expected != nil { accepted += 1 }
            if Base64URL.decode(text.span) != expected { differences += 1 }
        }
        #expect(differences == 0)
        #expect(accepted > cases / 10)
    }

    @Test func bringsRandomOctetsBack() {
        var random = SeededRandom(seed: 7515)
        var differences = 0
        for count in 0..<1_000 {
            let bytes = random.bytes(count: count)
            if Base64URL.decode(Base64URL.encode(bytes)) != bytes { differences += 1 }
        }
        #expect(differences == 0)
    }
}

/// The decoder in its simplest form: one bit at a time.
private enum Reference {
    static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    private static let values = Dictionary(uniqueKeysWithValues: zip(letters.utf8, 0...))

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bits: [Int] = []
        for letter in text {
            guard let value = values[letter] else { return nil }
            bits += (0..<6).map { value >> (5 - $0) & 1 }
        }
        let rest = bits.count % 8
        guard rest < 6, bits.suffix(rest).allSatisfy({ $0 == 0 }) else { return nil }
        return stride(from: 0, to: bits.count - rest, by: 8).map { start in
            UInt8(bits[start..<start + 8].reduce(0) { $0 * 2 + $1 })
        }
    }
}
