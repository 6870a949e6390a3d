import APIClient
import OAuthTypes
import SessionStore
import WireFormats

extension OpenSession.Summary {
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

// What a record holds of a session, before it is sealed.
extension OpenSession {
    /// The summary; with the refresh token where the server is to have it without the browser. `false` says that there is
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

    init?(_ record: SessionRecord, id: SessionID, summary: Summary, decodingSecrets bytes: [UInt8]) {
        guard let object = try? JSONReader.object(bytes), let idToken = object["idt"]?.stringValue,
            let tokens = object["tokens"]?.stringValue.flatMap({ StoredTokenSet(encodedSecrets: Array($0.utf8)) }),
            let claims = object["claims"]?.objectValue
        else { return nil }
        self.init(
            id: id, life: SessionLife(idleEnd: record.idleEnd, absoluteEnd: record.absoluteEnd), summary: summary,
            idToken: RawIDToken(idToken), tokens: tokens, claims: claims,
            additions: object["add"]?.objectValue ?? [:], record: record)
    }
}
