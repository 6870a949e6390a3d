import OAuthTypes
import TestSupport
import Testing

@Suite struct BearerChallengeTests {
    @Test(arguments: [
        BearerChallenge(), BearerChallenge(realm: "api"), BearerChallenge(error: .invalidToken),
        BearerChallenge(
            realm: "a, b = c", error: .insufficientScope, errorDescription: "needs more", scope: try? Scope("a b")),
        BearerChallenge(realm: "", scope: try? Scope("")),
    ])
    func readsWhatItWrites(_ challenge: BearerChallenge) {
        #expect(BearerChallenge(fieldValues: [challenge.fieldValue]) == challenge)
    }

    @Test func writesNothingThatEndsAQuotedString() throws {
        let hostile = "a\"\r\nSet-Cookie: x=1\\, error=\"none\u{E9}"
        let value = BearerChallenge(realm: hostile, error: .init(hostile), errorDescription: hostile).fieldValue
        #expect(HeaderField("WWW-Authenticate", value) != nil)
        let read = try #require(BearerChallenge(fieldValues: [value]))
        #expect(read.realm == "aSet-Cookie: x=1, error=none")
    }

    static let found: [(String, String?, String?)] = [
        ("bearer realm=x", "x", nil), ("BEARER REALM=\"x\"", "x", nil), ("Bearer   realm = \"x\" ,error=y", "x", "y"),
        ("Basic realm=\"b\", Bearer realm=\"x\", Digest realm=\"d\"", "x", nil),
        ("Negotiate, Bearer realm=\"x\"", "x", nil), ("Negotiate YWJj, Bearer realm=\"x\"", "x", nil),
        ("Negotiate YW/j+a==, Bearer realm=\"x\"", "x", nil), ("Negotiate YWJ=,Bearer realm=\"x\"", "x", nil),
        ("Bearer realm=\"x\", Negotiate YW/j==", "x", nil), ("DPoP algs=\"ES256\", Bearer error=\"y\"", nil, "y"),
        ("Basic realm=\"Bearer realm=z, Bearer\", Bearer realm=\"x\"", "x", nil),
        ("Bearer realm=\"a\\\"b\\\\c\"", "a\"b\\c", nil),
        (", ,Bearer realm=\"x\",,", "x", nil), ("Bearer", nil, nil), ("Bearer unknown=1, realm=x", "x", nil),
        ("Bearer realm=\"x\", Bearer realm=\"y\"", "x", nil),
    ]

    @Test(arguments: found)
    func findsItAmongOtherSchemes(_ value: String, realm: String?, error: String?) throws {
        let challenge = try #require(BearerChallenge(fieldValues: [value]))
        #expect(challenge.realm == realm)
        #expect(challenge.error?.text == error)
    }

    @Test(arguments: [
        "", "Basic realm=\"x\"", "Bearerer realm=x", "Bearer realm=\"x", "Bearer realm=\"x\\", "Bearer realm=",
        "Bearer realm=x, realm=y", "Bearer realm=x, REALM=x", "Bearer realm=x, ;", "realm=\"x\"",
        "Basic realm=\"Bearer realm=x\"", "Bearer realm=\"a\u{1}b\"", "Bearer realm=\"a\r\nb\"",
        "Bearer realm=\"\\\n\"",
    ])
    func refusesWhatIsMalformedOrOfAnotherScheme(_ value: String) {
        #expect(BearerChallenge(fieldValues: [value]) == nil)
    }

    @Test func takesTheFirstOfSeveralFields() {
        let challenge = BearerChallenge(fieldValues: ["Basic realm=b", "Bearer realm=x", "Bearer realm=y"])
        #expect(challenge?.realm == "x")
    }

    @Test func leavesOutAScopeThatIsNone() {
        #expect(BearerChallenge(fieldValues: ["Bearer realm=x, scope=\"a\tb\""])?.scope == nil)
    }

    @Test func passesOverLongValues() {
        let long = "Bearer realm=\"" + String(repeating: "x", count: 1_000_000) + "\""
        #expect(BearerChallenge(fieldValues: [long]) == nil)
        #expect(BearerChallenge(fieldValues: [long, "Bearer realm=x"])?.realm == "x")
        #expect(BearerChallenge(fieldValues: [String(repeating: "Basic,", count: 200_000)]) == nil)
    }

    @Test func neverTrapsOnRandomText() {
        var random = SeededRandom(seed: 5)
        let alphabet = Array("Bearer realm=\"\\,/ \t\u{E9}".utf8)
        for _ in 0..<20_000 {
            let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            guard let read = BearerChallenge(fieldValues: ["Bearer " + String(decoding: octets, as: UTF8.self)]) else {
                continue
            }
            #expect(HeaderField("WWW-Authenticate", read.fieldValue) != nil)
        }
        for _ in 0..<2_000 {
            let text = String(decoding: random.bytes(count: 64), as: UTF8.self)
            #expect(BearerChallenge(fieldValues: [text])?.realm?.utf8.count ?? 0 <= 4096)
        }
    }
}
