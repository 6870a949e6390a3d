import OAuthTypes
import WireFormats

// Version 1 since the first release. Later members are optional, and a process of an earlier release ignores them: of
// pending tokens it sees the refresh token, as that of the last refresh, and refreshes with it.
extension StoredTokenSet {
    /// Returns the value as octets, with the tokens in plain text: seal them before storing them.
    public func encodedSecrets() -> [UInt8] {
        let held = access.map { JSONValue.object($0.value.json(for: $0.key)) }
        var document: JSONObject = ["v": 1, "refresh": .object(refresh.json), "access": .array(held)]
        document["barren"] = barren.isEmpty ? nil : .array(barren.map { .object($0.json) })
        return JSONWriter.bytes(document)
    }

    /// Reads what ``encodedSecrets()`` wrote; nil for anything else.
    public init?(encodedSecrets octets: [UInt8]) {
        guard let document = try? JSONReader.object(octets), document["v"]?.intValue == 1,
            let state = document["refresh"]?.objectValue, let refresh = RefreshState(json: state),
            let held = document["access"]?.arrayValue, held.count <= StoredTokenSet.maximumTargets
        else { return nil }
        var access: [TokenTarget: CachedAccessToken] = [:]
        for value in held {
            guard let object = value.objectValue, let token = CachedAccessToken(json: object) else { return nil }
            access[TokenTarget(json: object)] = token
        }
        let barren = (document["barren"]?.arrayValue ?? []).compactMap { $0.objectValue.map(TokenTarget.init(json:)) }
        self.init(refresh: refresh, access: access, barren: Set(barren.prefix(StoredTokenSet.maximumTargets)))
    }
}

extension TokenTarget {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object["audience"] = audience.map(JSONValue.string)
        object["resources"] = resources.isEmpty ? nil : .array(resources.map { .string($0) })
        object["targetScope"] = scope.map { .string($0.description) }
        return object
    }

    fileprivate init(json: JSONObject) {
        self.init(
            audience: json["audience"]?.stringValue,
            resources: (json["resources"]?.arrayValue ?? []).compactMap(\.stringValue),
            scope: Scope(json: json["targetScope"]))
    }
}

extension Scope {
    fileprivate init?(json: JSONValue?) {
        guard let text = json?.stringValue, let scope = try? Scope(text) else { return nil }
        self = scope
    }
}

extension CachedAccessToken {
    fileprivate func json(for target: TokenTarget) -> JSONObject {
        var object = target.json
        object["token"] = .string(token.exposedText)
        object["receivedAt"] = .time(receivedAt)
        object["expiresAt"] = expiresAt.map(JSONValue.time)
        object["scope"] = scope.map { .string($0.description) }
        return object
    }

    fileprivate init?(json: JSONObject) {
        guard let token = json["token"]?.stringValue, let receivedAt = json["receivedAt"]?.timeValue else { return nil }
        self.init(
            token: AccessToken(token), expiresAt: json["expiresAt"]?.timeValue, receivedAt: receivedAt,
            scope: Scope(json: json["scope"]))
    }
}

extension PendingTokens {
    fileprivate var json: JSONObject {
        var object = target.json
        object["id"] = .string(Base64URL.encode(id))
        object["token"] = tokens.accessToken.map { .string($0.exposedText) }
        object["idToken"] = tokens.idToken.map { .string($0.exposedText) }
        object["receivedAt"] = .time(tokens.receivedAt)
        object["expiresAt"] = tokens.expiresAt.map(JSONValue.time)
        object["scope"] = tokens.scope.map { .string($0.description) }
        return object
    }

    fileprivate init?(json: JSONObject) {
        guard let id = json["id"]?.stringValue.flatMap({ Base64URL.decode($0) }),
            let receivedAt = json["receivedAt"]?.timeValue
        else { return nil }
        let tokens = TokenSet(
            accessToken: json["token"]?.stringValue.map { AccessToken($0) }, expiresAt: json["expiresAt"]?.timeValue,
            refreshToken: nil, idToken: json["idToken"]?.stringValue.map { RawIDToken($0) },
            scope: Scope(json: json["scope"]), receivedAt: receivedAt)
        self.init(id: id, target: TokenTarget(json: json), tokens: tokens)
    }
}

extension RefreshState {
    fileprivate var json: JSONObject {
        var object: JSONObject = [
            "isRefused": .bool(isRefused), "unknownOutcomes": .number(JSONNumber(unknownOutcomes)),
            "failures": .number(JSONNumber(failures)), "generation": .number(JSONNumber(generation)),
            "version": .number(JSONNumber(version)),
        ]
        object["token"] = token.map { .string($0.exposedText) }
        object["retryAt"] = retryAt.map(JSONValue.time)
        object["pending"] = pending.map { .object($0.json) }
        object["setback"] = setback.map { .object(["code": .string($0.code), "login": .bool($0.needsLogin)]) }
        object["refusal"] = refusal.map {
            .object(["code": .string($0.code), "anotherUser": .bool($0.namesAnotherUser)])
        }
        object["settled"] = settledAttempt.map { .string(Base64URL.encode($0)) }
        object["attempt"] = attempt.map { attempt in
            .object([
                "id": .string(Base64URL.encode(attempt.id)), "startedAt": .time(attempt.startedAt),
                "deadline": .time(attempt.deadline), "hold": .bool(attempt.isHold),
            ])
        }
        return object
    }

    fileprivate init?(json: JSONObject) {
        guard let isRefused = json["isRefused"]?.boolValue, let unknownOutcomes = json.count("unknownOutcomes"),
            let failures = json.count("failures"), let generation = json.count("generation"),
            let version = json["version"]?.intValue
        else { return nil }
        self.init(token: json["token"]?.stringValue.map { RefreshToken($0) })
        self.isRefused = isRefused
        self.unknownOutcomes = unknownOutcomes
        self.failures = failures
        self.generation = generation
        self.version = version
        retryAt = json["retryAt"]?.timeValue
        setback = json["setback"]?.objectValue.flatMap(RefreshSetback.init(json:))
        refusal = json["refusal"]?.objectValue.flatMap(TokenCheck.Refusal.init(json:))
        settledAttempt = json["settled"]?.stringValue.flatMap { Base64URL.decode($0) }
        if let pending = json["pending"] {
            guard let pending = pending.objectValue.flatMap(PendingTokens.init(json:)) else { return nil }
            self.pending = pending
        }
        guard let attempt = json["attempt"] else { return }
        guard let attempt = RefreshAttempt(json: attempt.objectValue) else { return nil }
        self.attempt = attempt
    }
}

extension RefreshAttempt {
    fileprivate init?(json: JSONObject?) {
        guard let json, let id = json["id"]?.stringValue.flatMap({ Base64URL.decode($0) }),
            let startedAt = json["startedAt"]?.timeValue, let deadline = json["deadline"]?.timeValue
        else { return nil }
        self.init(id: id, startedAt: startedAt, deadline: deadline, isHold: json["hold"]?.boolValue ?? false)
    }
}

extension RefreshSetback {
    fileprivate init?(json: JSONObject) {
        guard let code = json["code"]?.stringValue, let needsLogin = json["login"]?.boolValue else { return nil }
        self.init(code: code, needsLogin: needsLogin)
    }
}

extension TokenCheck.Refusal {
    fileprivate init?(json: JSONObject) {
        guard let code = json["code"]?.stringValue else { return nil }
        self.init(code: code, namesAnotherUser: json["anotherUser"]?.boolValue ?? false)
    }
}

extension JSONObject {
    /// A counter; nil if it is so large that counting on would overflow.
    fileprivate func count(_ name: String) -> Int? {
        self[name]?.intValue.flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
    }
}
