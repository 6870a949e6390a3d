import JOSE
import WireFormats

/// Answers a file of questions line by line, each one before it reads the next.
struct Batch {
    static let lineLimit = 4_194_304

    private let settings: VerifySettings
    private let console: Console
    private var latest: KeySetText?

    init(_ settings: VerifySettings, console: Console) {
        self.settings = settings
        self.console = console
    }

    mutating func run(_ file: String) throws(UsageError) {
        var lines = LineReader(try console.open(file), name: file, limit: Self.lineLimit)
        while let line = try lines.next() {
            try console.write(PrintableJSON.text(.object(answer(line)), layout: .compact) + "\n")
        }
    }

    private mutating func answer(_ line: LineReader.Line) -> JSONObject {
        guard case .octets(let octets) = line else { return Self.answer(.null, error: "line_too_long") }
        let line = BatchLine(octets)
        do {
            _ = try settings.judge.claims(question(line))
            return Self.answer(line.id, error: nil)
        } catch {
            return Self.answer(line.id, error: error.code)
        }
    }

    private static func answer(_ id: JSONValue, error: String?) -> JSONObject {
        [
            "id": id, "verdict": error == nil ? "accept" : "reject", "error": error.map(JSONValue.string) ?? .null,
        ]
    }

    private mutating func question(_ line: BatchLine) throws(RejectionError) -> TokenJudge.Question {
        let content = try line.content()
        let policy =
            try content.algorithms.map { (names) throws(RejectionError) in try AlgorithmPolicy(names: names) }
            ?? settings.policy
        return TokenJudge.Question(
            token: content.token, profile: try profile(content.profile), policy: policy,
            keys: policy.needsKeySet ? try keys(content.keySet) : .empty, maxAge: content.maxAge,
            accessToken: content.accessToken)
    }

    private func profile(_ name: String?) throws(RejectionError) -> TokenProfile {
        guard let name else { return settings.profile }
        guard let profile = TokenProfile(named: name) else {
            throw RejectionError("unknown_profile", words: "a profile that does not exist")
        }
        return profile
    }

    private mutating func keys(_ text: [UInt8]?) throws(RejectionError) -> JWKSet {
        guard let text else {
            guard let keySet = settings.keySet else { throw BatchLine.malformed("jwks") }
            return try keySet.keys()
        }
        if let latest, latest.isText(text) { return try latest.keys() }
        let keySet = KeySetText(text)
        latest = keySet
        return try keySet.keys()
    }
}
