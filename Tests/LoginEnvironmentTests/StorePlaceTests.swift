import LoginEnvironment
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// The place of the session store is judged together with the other settings, and stays untouched until all of them are right.
struct StorePlaceTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func faults(_ variables: EnvironmentVariables) -> [String] {
        #expect(throws: SettingsError.self) { try ConfiguredLogin(variables: variables) }?.faults.map(\.setting) ?? []
    }

    private func placed(_ text: String) -> String {
        text.split(separator: "FOLDER", omittingEmptySubsequences: false).joined(separator: folder.path)
    }

    @Test(
        arguments: ["file", "sqlite"],
        [
            ["LOGIN_PROMPT": "x"], ["LOGIN_CLIENT_ID": nil], ["LOGIN_SESSION_SECRET": "short"],
            ["LOGIN_CA_FILE": "/nowhere.pem"],
        ] as [[String: String?]])
    func aLoginThatIsRefusedMakesNoStore(_ kind: String, _ change: [String: String?]) throws {
        let store = ["LOGIN_SESSION_STORE": "\(kind):\(folder.path)/sessions" as String?]
        #expect(faults(.complete(change.merging(store) { $1 })) == change.map(\.key))
        #expect(faults(.development(change.merging(store) { $1 })) == change.map(\.key))
        #expect(try folder.count() == "0")
    }

    @Test(
        arguments: [
            ("file:FOLDER/missing/sessions", []), ("sqlite:FOLDER/missing/sessions", []),
            ("file:FOLDER/plain", [["touch", "FOLDER/plain"]]), ("sqlite:FOLDER/plain", [["mkdir", "FOLDER/plain"]]),
            ("file:FOLDER/open", [["mkdir", "-m", "755", "FOLDER/open"]]),
            ("sqlite:FOLDER/open", [["install", "-m", "644", "/dev/null", "FOLDER/open"]]),
            ("file:FOLDER/other", [["mkdir", "-m", "700", "FOLDER/other"], ["touch", "FOLDER/other/file"]]),
        ] as [(String, [[String]])])
    func theStoreIsTold(with store: String, after commands: [[String]]) throws {
        for command in commands { try LocalProcess.run(command.map(placed)) }
        #expect(
            faults(.complete(["LOGIN_SESSION_STORE": placed(store), "LOGIN_PROMPT": "x"])).sorted() == [
                "LOGIN_PROMPT", "LOGIN_SESSION_STORE",
            ])
    }

    @Test(arguments: ["file", "sqlite"])
    func aStoreThatIsThereStaysAsItIs(_ kind: String) throws {
        let place = ["LOGIN_SESSION_STORE": "\(kind):\(folder.path)/sessions" as String?]
        _ = try ConfiguredLogin(variables: .complete(place))
        let before = try folder.checksum()
        #expect(faults(.complete(place.merging(["LOGIN_PROMPT": "x"]) { $1 })) == ["LOGIN_PROMPT"])
        #expect(try folder.checksum() == before)
    }
}
