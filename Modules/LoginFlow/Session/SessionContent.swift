import APIClient
import OAuthTypes
import WireFormats

/// The content of a session record: a summary that the server can read, and secrets that need the browser's cookie as
/// well.
struct SessionContent: Sendable {
    struct Summary: Sendable, Hashable {
        var issuer: String
        var subject: SubjectID
        var providerSession: ProviderSessionID?
        var startedAt: UnixTime
        var correlationID: String
        var userAgent: String?
    }

    var summary: Summary
    var idToken: RawIDToken
    var tokens: StoredTokenSet
    /// The claims of both the ID token and UserInfo.
    var claims: JSONObject
    var additions: JSONObject
    /// Those that UserInfo added, for storage that keeps the ID token only.
    var added: JSONObject = [:]

    /// The same without what UserInfo added.
    var withoutUserInfo: SessionContent {
        var content = self
        content.added = [:]
        content.claims = idToken.verifiedPayload ?? claims
        return content
    }
}

extension SessionContent {
    /// Whether the login was one of this app: another app may have the same keys and other users.
    func isFor(_ client: ClientID, at issuer: Issuer) -> Bool {
        guard summary.issuer == issuer.text else { return false }
        let audience = claims["aud"].map { $0.arrayValue ?? [$0] } ?? []
        return audience.contains { $0.stringValue == client.text }
    }
}

extension SessionContent.Summary {
    private static let version = 1

    fileprivate var json: JSONObject {
        var object: JSONObject = [
            "v": .init(integerLiteral: Self.version), "iss": .string(issuer), "sub": .string(subject.text),
            "start": .time(startedAt), "cid": .string(correlationID),
        ]
        object["sid"] = providerSession.map { .string($0.text) }
        object["ua"] = userAgent.map(JSONValue.string)
        return object
    }

    init?(decoding bytes: [UInt8]) {
        guard let object = try? JSONReader.object(bytes), object["v"]?.intValue == Self.version,
            let issuer = object["iss"]?.stringValue, let correlationID = object["cid"]?.stringValue,
            let subject = object["sub"]?.stringValue.flatMap({ try? SubjectID($0) }),
            let startedAt = object["start"]?.timeValue
        else { return nil }
        self.issuer = issuer
        self.subject = subject
        self.startedAt = startedAt
        self.correlationID = correlationID
        userAgent = object["ua"]?.stringValue
        providerSession = object["sid"]?.stringValue.flatMap { try? ProviderSessionID($0) }
    }
}

extension SessionContent {
    /// The summary; with the refresh token if the server may have it without the browser. `false` means that there is
    /// none, a missing member that it is sealed.
    func encodedSummary(withRefreshToken isReadable: Bool) -> [UInt8] {
        var object = summary.json
        if isReadable { object["rt"] = tokens.refreshToken.map { .string($0.exposedText) } ?? false }
        return JSONWriter.bytes(object)
    }

    var encodedSecrets: [UInt8] {
        var object: JSONObject = [
            "idt": .string(idToken.exposedText),
            "tokens": .string(String(decoding: tokens.encodedSecrets(), as: UTF8.self)), "claims": .object(claims),
        ]
        object["add"] = additions.isEmpty ? nil : .object(additions)
        return Array(JSONWriter.text(.object(object)).utf8)
    }

    init?(summary: Summary, decodingSecrets bytes: [UInt8]) {
        guard let object = try? JSONReader.object(bytes), let idToken = object["idt"]?.stringValue,
            let tokens = object["tokens"]?.stringValue.flatMap({ StoredTokenSet(encodedSecrets: Array($0.utf8)) }),
            let claims = object["claims"]?.objectValue
        else { return nil }
        self.summary = summary
        self.idToken = RawIDToken(idToken)
        self.tokens = tokens
        self.claims = claims
        additions = object["add"]?.objectValue ?? [:]
    }
}
