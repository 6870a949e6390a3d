import Testing
import WireFormats

@Suite struct PercentEncodingTests {
    @Test func keepsExactlyTheUnreservedCharacters() {
        let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        #expect(PercentEncoding.encode(unreserved) == unreserved)
        for byte in UInt8(0)..<128 {
            let text = String(UnicodeScalar(byte))
            #expect((PercentEncoding.encode(text) == text) == unreserved.contains(text))
        }
    }

    @Test(arguments: [
        ("a b", "a%20b"), ("é", "%C3%A9"), ("https://a/b?c=d&e", "https%3A%2F%2Fa%2Fb%3Fc%3Dd%26e"),
        ("\r\n\0", "%0D%0A%00"), ("+", "%2B"),
        ("", ""), ("😀", "%F0%9F%98%80"),
    ])
    func encodesAndDecodes(plain: String, encoded: String) {
        #expect(PercentEncoding.encode(plain) == encoded)
        #expect(PercentEncoding.decode(encoded) == plain)
    }

    @Test func decodesEitherCaseAndKeepsPlus() {
        #expect(PercentEncoding.decode("%c3%A9+%2b"[...]) == "é++")
    }

    @Test(arguments: ["%", "a%2", "%2", "%G0", "%0G", "%%20", "% 20", "%+1", "%C3", "%FF", "%ED%A0%80", "%C0%AF"])
    func refusesBadEscapesAndBadUTF8(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
