import OAuthTypes
import SessionStore
import Testing

struct SessionIDTests {
    private let id = SessionID()

    @Test func readsItsOwnCookieValue() throws {
        let again = try #require(SessionID(cookieValue: id.exposedText))
        #expect(again.key == id.key)
        #expect(again.exposedText == id.exposedText)
    }

    @Test func isFortyThreeLettersOfBase64URL() {
        #expect(id.exposedText.utf8.count == 43)
        #expect(id.exposedText.utf8.allSatisfy { isLetterOfBase64URL($0) })
    }

    @Test func differsEachTime() {
        let ids = Set((0..<1_000).map { _ in SessionID().exposedText })
        #expect(ids.count == 1_000)
    }

    /// Nothing but 32 octets in strict base64url gets as far as a store.
    @Test(arguments: [
        "", "a", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 42) + "=",
        "../../../../../../../../../../../etc/passwd", String(repeating: "A", count: 40) + "%2f",
        String(repeating: "A", count: 42) + "\0", String(repeating: "A", count: 42) + "+",
        String(repeating: "A", count: 41) + "é", String(repeating: "\u{0}", count: 43),
    ])
    func refusesWhatIsNotOurs(_ text: String) {
        #expect(SessionID(cookieValue: text) == nil)
    }

    @Test func refusesAMegabyte() {
        #expect(SessionID(cookieValue: String(repeating: "A", count: 1 << 20)) == nil)
    }

    /// Neither id nor browser secret prints itself.
    @Test func neverPrintsItself() {
        var dumped = ""
        dump(id, to: &dumped)
        dump(id.browserSecret, to: &dumped)
        let printed = "\(id) \(String(reflecting: id)) \(id.browserSecret) \(dumped)"
        #expect(!printed.contains(id.exposedText))
        #expect(printed.contains("<redacted>"))
    }

    @Test func derivesTheKeyFromTheIDButNotTheIDItself() {
        let octets = [UInt8](repeating: 7, count: 32)
        let fixed = SessionID(random: RandomSource { _ in octets })
        #expect(fixed.key.digest != octets)
        #expect(fixed.key != SessionKey(kind: .session, digestOf: octets))
        #expect(fixed.key == SessionID(random: RandomSource { _ in octets }).key)
        #expect(fixed.key.kind == .session)
    }

    private func isLetterOfBase64URL(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
