import LoginToolCommands
import Testing
import WireFormats

@Suite struct DecodeTests {
    @Test func showsHeaderAndPayloadAndSaysThatNothingIsVerified() throws {
        let session = Session(["token", "decode", try TestIssuer().token(changing: ["name": "Zoë"])])
        let report = try #require(JSONValue(parsing: Array(session.output.utf8))?.objectValue)
        #expect(session.status == .success)
        #expect(report["warning"]?.stringValue?.hasPrefix("NOT VERIFIED") == true)
        #expect(report["verified"] == false)
        #expect(report["header"]?.objectValue?["alg"] == "ES256")
        #expect(report["payload"]?.objectValue?["name"] == "Zoë")
        #expect(report["signature_octets"] == 64)
        #expect(session.complaint == "")
    }

    @Test(arguments: ["\n", "\r\n", ""])
    func readsStandardInputToItsLineBreak(_ end: String) throws {
        #expect(Session(["token", "decode", "-"], input: try TestIssuer().token() + end).status == .success)
    }

    // Header {"alg":"ES256"}, payload {}, signature of one zero octet, each broken in one place.
    @Test(arguments: [
        ("", "malformed_token: the token has no dots; a signed token is header.payload.signature"),
        ("eyJhbGciOiJFUzI1NiJ9.e30", "malformed_token: the token has 2 segments; a signed token has 3"),
        ("a.b.c.d.e", "malformed_token: the token has 5 segments, so it is encrypted (JWE); a signed token has 3"),
        (".e30.AA", "malformed_header: the header is not strict JSON: the text ends too early at octet 0"),
        ("eyJhbGciOiJFUzI1NiJ.e30.AA", "malformed_header: the header is not base64url: the last character has"),
        ("eyJhbGciOiJFUzI1NiJ9.e30=.AA", "malformed_payload: the payload is not base64url: padding (=) at position 4"),
        ("eyJhbGciOiJFUzI1NiJ9.e3+.AA", "malformed_payload: the payload is not base64url: a character of the other"),
        ("eyJhbGciOiJFUzI1NiJ9. e30.AA", "malformed_payload: the payload is not base64url: white space at position 1"),
        ("eyJhbGciOiJFUzI1NiJ9.é.AA", "malformed_payload: the payload is not base64url: a character that is none of"),
        ("eyJhbGciOiJFUzI1NiJ9.W10.AA", "malformed_payload: the payload is JSON, but not an object"),
        (
            "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxLCJhIjoyfQ.AA",
            "malformed_payload: the payload is not strict JSON: a name given twice"
        ),
        (
            "eyJhbGciOiJFUzI1NiJ9.e30.AAAAA",
            "malformed_signature: the signature is not base64url: 5 characters is a length"
        ),
    ])
    func namesTheSegmentThatIsMalformed(_ token: String, complaint: String) {
        let session = Session(["token", "decode", token])
        #expect(session.status == .refused)
        #expect(session.output == "")
        #expect(session.complaint.hasPrefix(complaint))
        #expect(session.complaint.filter { $0 == "\n" }.count == 1 && session.complaint.hasSuffix("\n"))
    }

    @Test(arguments: ["\u{9B}31m", "\u{202E}", "\u{7F}", "\u{2028}"])
    func writesCharactersThatSteerATerminalAsEscapes(_ text: String) throws {
        let session = Session(["token", "decode", try TestIssuer().token(changing: ["name": .string(text)])])
        let report = try #require(JSONValue(parsing: Array(session.output.utf8))?.objectValue)
        #expect(!session.output.contains(text))
        #expect(report["payload"]?.objectValue?["name"] == .string(text))
    }

    @Test func refusesAMegabyteOfDots() {
        let session = Session(["token", "decode", "-"], input: String(repeating: ".", count: 1_000_000))
        #expect(session.complaint.hasPrefix("malformed_token: the token has 1000001 segments"))
    }

    @Test func readsNoMoreThanItsBoundOfEndlessInput() {
        let session = Session(
            ["token", "decode", "-"],
            reading: OctetSource { limit in Array(repeating: UInt8(ascii: "a"), count: limit) })
        #expect(session.complaint == "token_too_long: the token is longer than 4194304 octets\n")
    }
}
