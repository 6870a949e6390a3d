import OAuthTypes
import TestSupport
import Testing

struct EndpointURLReferenceTests {
    @Test(
        arguments: [
            ("https://b.example/x", "https://b.example/x"), ("//b.example/x", "https://b.example/x"),
            ("/x/y?z", "https://a.example:444/x/y?z"), ("x", "https://a.example:444/p/x"),
            ("x/y:z", "https://a.example:444/p/x/y:z"), ("?z", "https://a.example:444/p/q?z"),
            ("/x#f", "https://a.example:444/x"), ("", nil), ("#f", nil), ("http://a.example:444/x", nil),
            ("mailto:x", nil), ("javascript:alert(1)", nil), ("/a b", nil), ("///", nil), ("//", nil),
            ("\\\\b.example", nil), ("/\u{E9}", nil), ("https://user@b.example/", nil),
        ] as [(String, String?)])
    func resolvesWhatALocationNames(_ reference: String, expected: String?) throws {
        #expect(try EndpointURL("https://a.example:444/p/q?r").resolving(reference)?.text == expected)
    }

    @Test func resolvesToPlaintextFromPlaintextAlone() throws {
        let url = try EndpointURL("http://127.0.0.1:3000", allowing: .loopback)
        #expect(url.resolving("x")?.text == "http://127.0.0.1:3000/x")
        #expect(url.resolving("http://a.example/x") == nil)
    }

    @Test func neverTrapsOnARandomReference() throws {
        var random = SeededRandom(seed: 12)
        let alphabet = Array("https://[]:.@?#%\\a1\u{E9}\n".utf8)
        let url = try EndpointURL("https://a.example/p?q")
        for _ in 0..<20_000 {
            let octets = (0..<Int.random(in: 0...16, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let reference = String(decoding: octets, as: UTF8.self)
            if let next = url.resolving(reference) { #expect(next.origin.scheme == "https") }
        }
    }
}
