import DevAuthServerCommands
import Testing
import WireFormats

struct AnnouncementTests {
    @Test func printsTheSettingsToPaste() throws {
        let lines = Announcement(try Given.configuration(nil)).text.split(separator: "\n")
        for line in [
            "LOGIN_ISSUER=http://localhost:9000", "LOGIN_CLIENT_ID=app", "LOGIN_CLIENT_SECRET=dev-auth-server-secret",
            "LOGIN_BASE_URL=http://localhost:8080",
        ] {
            #expect(lines.contains { $0 == line })
        }
        #expect(lines.contains("  alice  alice-password  alice@example.com"))
        #expect(lines.contains("  bob  bob-password  bob@example.com (not verified)"))
    }

    @Test(arguments: [
        ("plain", "plain"), ("a b", "'a b'"), ("a&b", "'a&b'"), ("$HOME", "'$HOME'"), ("it's", #"'it'\''s'"#),
    ])
    func quotesWhatAShellWouldChange(_ secret: String, pasted: String) throws {
        let configuration = try Given.configuration(Given.client(#""secret": "\#(secret)""#))
        #expect(Announcement(configuration).text.contains("LOGIN_CLIENT_SECRET=\(pasted)\n"))
    }

    @Test func tellsProgramsTheSameInOneLine() throws {
        let line = Announcement(try Given.configuration(Given.everything)).readyLine
        #expect(line.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
        let json = try #require(JSONValue(parsing: Array(line.dropFirst("dev-auth-server ready: ".count).utf8)))
        let object = try #require(json.objectValue)
        #expect(object["issuer"] == "http://localhost:21300")
        let client = object["clients"]?.arrayValue?.first?.objectValue
        #expect(client?["client_id"] == "shop")
        #expect(client?["client_secret"] == "a secret & more")
        #expect(client?["base_url"] == "http://localhost:8080")
        #expect(object["accounts"]?.arrayValue?.first?.objectValue?["password"] == "her password")
    }
}
