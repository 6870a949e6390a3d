import APIClient
import OAuthTypes
import SessionStore
import WireFormats

/// The content of a sealed session cookie. Its claims are those of the ID token, which is stored once, and those that
/// UserInfo added.
struct CookieContent {
    let object: JSONObject
    private let claims: JSONObject
    private let additions: JSONObject
    private let added: JSONObject

    init(_ open: OpenSession) {
        let content = open.content
        var object: JSONObject = [
            "v": 1, "id": .string(open.id.exposedText), "cid": .string(content.summary.correlationID),
            "start": .time(content.summary.startedAt), "idle": .time(open.life.idleEnd),
            "end": .time(open.life.absoluteEnd), "idt": .string(content.idToken.exposedText),
        ]
        if let access = content.tokens.entry(for: TokenTarget()).access {
            object["at"] = .string(access.token.exposedText)
            object["atStart"] = .time(access.receivedAt)
            object["atEnd"] = access.expiresAt.map(JSONValue.time)
            object["scope"] = access.scope.map { .string($0.description) }
        }
        object["add"] = content.additions.isEmpty ? nil : .object(content.additions)
        object["ui"] = content.added.isEmpty ? nil : .object(content.added)
        self.object = object
        claims = content.claims
        additions = content.additions
        added = content.added
    }

    /// The part to make smaller. Names are untrusted and cut.
    var largestPart: (name: String, octets: Int) {
        let parts =
            claims.members.map {
                (
                    "the claim \($0.name.printable(64)) \(added[$0.name] == nil ? "in the ID token" : "of UserInfo")",
                    $0.value
                )
            }
            + additions.members.map { ("\($0.name.printable(64)) among the additions of the hook", $0.value) }
            + [("the access token", object["at"] ?? .null)]
        let sized = parts.map { (name: $0.0, octets: JSONWriter.bytes($0.1).count) }
        return sized.max { $0.octets < $1.octets } ?? ("the ID token", 0)
    }

    static func decode(_ octets: [UInt8], issuer: Issuer) -> OpenSession? {
        guard let object = try? JSONReader.object(octets), object["v"]?.intValue == 1,
            let id = object["id"]?.stringValue.flatMap(SessionID.init(cookieValue:)),
            let idleEnd = object["idle"]?.timeValue, let absoluteEnd = object["end"]?.timeValue,
            let content = SessionContent(cookie: object, issuer: issuer)
        else { return nil }
        return OpenSession(id: id, life: SessionLife(idleEnd: idleEnd, absoluteEnd: absoluteEnd), content: content)
    }
}

extension SessionContent {
    // An ID token of another issuer was sealed by another app with the same keys, or before the issuer was changed.
    fileprivate init?(cookie object: JSONObject, issuer: Issuer) {
        guard let startedAt = object["start"]?.timeValue, let correlationID = object["cid"]?.stringValue,
            let idToken = object["idt"]?.stringValue.map({ RawIDToken($0) }), let claims = idToken.verifiedPayload,
            claims["iss"]?.stringValue == issuer.text,
            let subject = claims["sub"]?.stringValue.flatMap({ try? SubjectID($0) }),
            let tokens = StoredTokenSet(cookie: object)
        else { return nil }
        let added = object["ui"]?.objectValue ?? [:]
        self.init(
            summary: Summary(
                issuer: issuer.text, subject: subject,
                providerSession: claims["sid"]?.stringValue.flatMap { try? ProviderSessionID($0) },
                startedAt: startedAt, correlationID: correlationID),
            idToken: idToken, tokens: tokens, claims: ClaimSources.union(claims, adding: added),
            additions: object["add"]?.objectValue ?? [:], added: added)
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
