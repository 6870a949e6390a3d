import APIClient
import OAuthTypes
import SessionStore
import WireFormats

// What a sealed session cookie holds. Claims are those of the ID token, which is in it once, and what UserInfo added.
extension OpenSession {
    var cookieObject: JSONObject {
        var object: JSONObject = [
            "v": 1, "id": .string(id.exposedText), "cid": .string(summary.correlationID),
            "start": .time(summary.startedAt), "idle": .time(life.idleEnd), "end": .time(life.absoluteEnd),
            "idt": .string(idToken.exposedText),
        ]
        if let access = tokens.entry(for: TokenTarget()).access {
            object["at"] = .string(access.token.exposedText)
            object["atStart"] = .time(access.receivedAt)
            object["atEnd"] = access.expiresAt.map(JSONValue.time)
            object["scope"] = access.scope.map { .string($0.description) }
        }
        object["add"] = additions.isEmpty ? nil : .object(additions)
        object["ui"] = added.isEmpty ? nil : .object(added)
        return object
    }

    /// The part to make smaller. Names come from outside and are cut.
    var largestPart: (name: String, octets: Int) {
        let parts =
            claims.members.map {
                (
                    "the claim \($0.name.printable(64)) \(added[$0.name] == nil ? "in the ID token" : "of UserInfo")",
                    $0.value
                )
            }
            + additions.members.map { ("\($0.name.printable(64)) among the additions of the hook", $0.value) }
            + [("the access token", cookieObject["at"] ?? .null)]
        let sized = parts.map { (name: $0.0, octets: JSONWriter.bytes($0.1).count) }
        return sized.max { $0.octets < $1.octets } ?? ("the ID token", 0)
    }

    // An ID token of another issuer was sealed by another app with the same keys, or before the issuer was changed.
    init?(cookie octets: [UInt8], acceptingIssuer accepts: (String) -> Bool) {
        guard let object = try? JSONReader.object(octets), object["v"]?.intValue == 1,
            let id = object["id"]?.stringValue.flatMap(SessionID.init(cookieValue:)),
            let idleEnd = object["idle"]?.timeValue, let absoluteEnd = object["end"]?.timeValue,
            let idToken = object["idt"]?.stringValue.map({ RawIDToken($0) }), let claims = idToken.verifiedPayload,
            let summary = Summary(cookie: object, claims: claims), accepts(summary.issuer),
            let tokens = StoredTokenSet(cookie: object)
        else { return nil }
        let added = object["ui"]?.objectValue ?? [:]
        self.init(
            id: id, life: SessionLife(idleEnd: idleEnd, absoluteEnd: absoluteEnd), summary: summary, idToken: idToken,
            tokens: tokens, claims: ClaimSources.union(claims, adding: added),
            additions: object["add"]?.objectValue ?? [:], added: added)
    }
}

extension OpenSession.Summary {
    fileprivate init?(cookie object: JSONObject, claims: JSONObject) {
        guard let startedAt = object["start"]?.timeValue, let correlationID = object["cid"]?.stringValue,
            let issuer = claims["iss"]?.stringValue,
            let subject = claims["sub"]?.stringValue.flatMap({ try? SubjectID($0) })
        else { return nil }
        self.init(
            issuer: issuer, subject: subject,
            providerSession: claims["sid"]?.stringValue.flatMap { try? ProviderSessionID($0) }, startedAt: startedAt,
            correlationID: correlationID)
    }
}

extension StoredTokenSet {
    fileprivate init?(cookie object: JSONObject) {
        guard let token = object["at"]?.stringValue, let receivedAt = object["atStart"]?.timeValue else { return nil }
        self.init(
            TokenSet(
                accessToken: AccessToken(token), expiresAt: object["atEnd"]?.timeValue, refreshToken: nil, idToken: nil,
                scope: object["scope"]?.stringValue.flatMap { try? Scope($0) }, receivedAt: receivedAt))
    }
}
