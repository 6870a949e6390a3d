import DevAuthServer
import DevAuthServerCommands
import Testing

struct GuideTests {
    /// The first column of the guide's tables holds every member of the file, in the same order, and nothing else.
    @Test func theGuideDescribesEveryMemberOfTheFile() throws {
        let path = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let octets = try File.octets("/\(path)/Docs/Guides/DevelopingLocally.md")
        let text = String(decoding: octets, as: UTF8.self)
        let table = try #require(text.split(separator: "| path | value |").last?.split(separator: "\n\n").first)
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let found = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(found.count == FileFormat.paths.count)
        #expect(Set(found) == Set(FileFormat.paths))
    }

    /// The example of the guide is a file that the program accepts.
    @Test func theExampleOfTheGuideIsRead() throws {
        let path = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        let octets = try File.octets("/\(path)/Docs/Guides/DevelopingLocally.md")
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let begin = try #require(lines.firstIndex { $0 == "    {" })
        let end = try #require(lines.firstIndex { $0 == "    }" })
        let configuration = try Given.configuration(lines[begin...end].joined(separator: "\n"))
        #expect(configuration.accounts.map(\.username) == ["carol", "dora"])
        _ = try configuration.server(environment: nil)
    }
}
