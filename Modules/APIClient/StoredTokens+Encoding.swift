import OAuthTypes
import WireFormats

extension StoredTokens {
    /// The value as octets, tokens in clear: seal them before they are stored.
    public func encodedSecrets() -> [UInt8] {
        let held = access.map { JSONValue.object(StoredTokens.json($0.value, for: $0.key)) }
        return JSONWriter.bytes(["v": 1, "refresh": .object(refresh.json), "access": .array(held)] as JSONObject)
    }

    /// Reads what ``encodedSecrets()`` wrote; nil for anything else.
    public init?(encodedSecrets octets: [UInt8]) {
        guard let document = try? JSONReader.object(octets), document["v"]?.intValue == 1,
            let state = document["refresh"]?.objectValue, let refresh = RefreshState(json: state),
            let held = document["access"]?.arrayValue, held.count <= StoredTokens.maximumTargets
        else { return nil }
        var access: [TokenTarget: HeldAccessToken] = [:]
        for value in held {
            guard let object = value.objectValue, let (target, token) = StoredTokens.held(object) else { return nil }
            access[target] = token
        }
        self.init(refresh: refresh, access: access)
    }

    private static func json(_ held: HeldAccessToken, for target: TokenTarget) -> JSONObject {
        var object: JSONObject = ["token": .string(held.token.exposedText), "receivedAt": .time(held.receivedAt)]
        object["expiresAt"] = held.expiresAt.map(JSONValue.time)
        object["scope"] = held.scope.map { .string($0.description) }
        object["audience"] = target.audience.map(JSONValue.string)
        object["targetScope"] = target.scope.map { .string($0.description) }
        return object
    }

    private static func held(_ object: JSONObject) -> (TokenTarget, HeldAccessToken)? {
        guard let token = object["token"]?.stringValue, let receivedAt = object["receivedAt"]?.timeValue else {
            return nil
        }
        let target = TokenTarget(audience: object["audience"]?.stringValue, scope: scope(object["targetScope"]))
        let held = HeldAccessToken(
            token: AccessToken(token), expiresAt: object["expiresAt"]?.timeValue, receivedAt: receivedAt,
            scope: scope(object["scope"]))
        return (target, held)
    }

    private static func scope(_ value: JSONValue?) -> Scope? {
        value?.stringValue.flatMap { try? Scope($0) }
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
        guard let isRefused = json["isRefused"]?.boolValue, let unknownOutcomes = json["unknownOutcomes"]?.intValue,
            let failures = json["failures"]?.intValue, let generation = json["generation"]?.intValue,
            let version = json["version"]?.intValue
        else { return nil }
        self.init(token: json["token"]?.stringValue.map { RefreshToken($0) })
        self.isRefused = isRefused
        self.unknownOutcomes = unknownOutcomes
        self.failures = failures
        self.generation = generation
        self.version = version
        retryAt = json["retryAt"]?.timeValue
        settledAttempt = json["settled"]?.stringValue.flatMap { Base64URL.decode($0) }
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
