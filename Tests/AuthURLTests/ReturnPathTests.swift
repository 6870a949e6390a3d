import AuthURL
import TestSupport
import Testing
import WireFormats

struct ReturnPathTests {
    struct Case: Sendable {
        let value: String
        let expected: String

        static func all() throws -> [Case] {
            let document = try JSONReader.object(VectorFile.own("returnto/returnto_cases.json"))
            return try #require(document["cases"]?.arrayValue).map { entry in
                let entry = try #require(entry.objectValue)
                return Case(
                    value: try #require(entry["value"]?.stringValue),
                    expected: try #require(entry["expect"]?.stringValue))
            }
        }
    }

    @Test func decidesEveryOwnCaseAsWritten() throws {
        let cases = try Case.all()
        #expect(cases.count == 129)
        for entry in cases where entry.expected != "either" {
            let isAccepted = ReturnPath(entry.value) != nil
            #expect(isAccepted == (entry.expected == "accept"), "\(entry.value.prefix(60).debugDescription)")
        }
    }

    @Test func acceptsNothingThatLeavesTheOrigin() throws {
        let list = try VectorFile.bytes("mod_auth_openidc/test/open-redirect-payload-list.txt")
        let payloads = list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(payloads.count == 835)
        let accepted = payloads.compactMap { ReturnPath(String(decoding: $0, as: UTF8.self)) }
        #expect(accepted.count <= 10)
        #expect(accepted.allSatisfy { staysOnOrigin($0.text) })
    }

    // A browser stays on the origin exactly when the reference is a path whose second octet begins no authority, once
    // it has dropped tab, line feed and carriage return and taken '\' for '/' (WHATWG URL §4.4).
    private func staysOnOrigin(_ text: String) -> Bool {
        let seen = text.utf8.filter { ![0x09, 0x0A, 0x0D].contains($0) }.map { $0 == 0x5C ? 0x2F : $0 }
        return seen.first == 0x2F && seen.dropFirst().first != 0x2F
    }

    @Test func keepsTheTextOctetForOctet() {
        #expect(ReturnPath("/a%2Fb?x=%2F%2f&y=//#frag")?.text == "/a%2Fb?x=%2F%2f&y=//#frag")
    }

    @Test(arguments: ["/login", "/LOGIN", "/login/", "/login?returnTo=/login", "/%6Cogin", "/login#x"])
    func leadsElsewhereThanTheLoginItself(_ text: String) throws {
        let path = try #require(ReturnPath(text))
        #expect(path.avoiding(["/login", "/callback"]) == .root)
    }

    @Test(arguments: ["/loginpage", "/a/login", "/?x=/login"])
    func keepsPathsThatOnlyLookLikeTheLogin(_ text: String) throws {
        let path = try #require(ReturnPath(text))
        #expect(path.avoiding(["/login", "/callback"]) == path)
    }
}
