import Foundation
import JOSE
import LoginToolCommands
import OAuthTypes
import WireFormats

/// One run of the program in this process, with its input and output.
struct Session {
    static let now: Int64 = 1_760_000_000
    static let issuer = "https://issuer.example"
    static let clientID = "client-123"
    static let nonce = "-n0nce-that-begins-with-a-dash"

    let status: LoginTool.Status
    let output: String
    let complaint: String

    init(_ arguments: [String], input: String = "") {
        var rest = Array(input.utf8)[...]
        self.init(
            arguments,
            reading: OctetSource { limit in
                defer { rest = rest.dropFirst(limit) }
                return Array(rest.prefix(limit))
            })
    }

    init(
        _ arguments: [String], reading source: OctetSource, surroundings: Surroundings = Surroundings(),
        onOutput: (String) -> Void = { _ in }
    ) {
        let written = Written()
        status = withoutActuallyEscaping(onOutput) { onOutput in
            LoginTool.run(
                arguments,
                on: Console(
                    input: source, clock: WallClock { UnixTime(seconds: Self.now) }, surroundings: surroundings,
                    output: {
                        written.output += $0
                        onOutput($0)
                    },
                    complaints: { written.complaint += $0 }))
        }
        output = written.output
        complaint = written.complaint
    }

    /// The output as lines of JSON.
    var answers: [JSONValue?] {
        output.split(separator: "\n").map { JSONValue(parsing: Array($0.utf8)) }
    }

    private final class Written {
        var output = ""
        var complaint = ""
    }
}

/// An issuer with one key, and files for it.
struct TestIssuer {
    let key: SigningKey
    let folder: TemporaryFolder
    let keySetFile: String

    init() throws {
        key = try SigningKey.generate(.es256)
        folder = try TemporaryFolder()
        keySetFile = try folder.file("jwks.json", text: Self.text(SigningKey.jwkSet([key])))
    }

    var keySet: String { Self.text(SigningKey.jwkSet([key])) }

    /// The options that every token of this issuer needs.
    var options: [String] {
        ["--issuer", Session.issuer, "--client-id", Session.clientID, "--nonce", Session.nonce, "--alg", "ES256"]
    }

    func token(type: String = "JWT", changing changes: JSONObject = [:]) throws -> String {
        var claims: JSONObject = [
            "iss": .string(Session.issuer), "sub": "user-1", "aud": .string(Session.clientID),
            "exp": .number(JSONNumber(Int(Session.now) + 300)), "iat": .number(JSONNumber(Int(Session.now) - 10)),
            "nonce": .string(Session.nonce),
        ]
        for (name, value) in changes.members { claims[name] = value == .null ? Optional.none : value }
        return try key.signed(type: type, claims: claims).exposedText
    }

    func logoutToken() throws -> String {
        try token(
            type: "logout+jwt",
            changing: [
                "nonce": nil, "jti": "j-1", "sid": "s-1",
                "events": ["http://schemas.openid.net/event/backchannel-logout": [:]],
            ])
    }

    func accessToken() throws -> String {
        try token(type: "at+jwt", changing: ["nonce": nil, "jti": "j-2", "client_id": "client-123"])
    }

    /// One line of a batch.
    func line(_ token: String, changing changes: JSONObject = [:]) -> String {
        var line: JSONObject = ["id": 1, "token": .string(token), "jwks": .string(keySet)]
        for (name, value) in changes.members { line[name] = value }
        return Self.text(line) + "\n"
    }

    func batch(_ lines: [String], options more: [String] = []) -> Session {
        Session(["token", "verify", "--batch", "-"] + options + more, input: lines.joined())
    }

    private static func text(_ object: JSONObject) -> String { JSONValue.object(object).text() }
}

/// A folder that is removed when it is no longer used.
final class TemporaryFolder: Sendable {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "login-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path }

    /// Writes a file and returns its path.
    func file(_ name: String, text: String) throws -> String {
        let file = url.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
