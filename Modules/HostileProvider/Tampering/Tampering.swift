import Concurrency
import DevAuthServer
import OAuthTypes
import WireFormats

/// Stands in front of an honest provider and changes what its fault says.
final class Tampering: Sendable {
    private let fault: HostileProvider.Fault
    private let issuer: Issuer
    private let secrets: [ClientSecret]
    private let keys: HostileKeys
    private let clock: WallClock
    private let logins = Lock(0)

    init(
        fault: HostileProvider.Fault, issuer: Issuer, secrets: [ClientSecret], keys: HostileKeys, clock: WallClock
    ) {
        self.fault = fault
        self.issuer = issuer
        self.secrets = secrets
        self.keys = keys
        self.clock = clock
    }

    func response(
        to request: DevRequest, from honest: @Sendable (DevRequest) async -> DevResponse
    ) async -> DevResponse {
        var request = request
        let asked = scene(for: request, logins: logins.withLock { $0 })
        fault.recipe.request?(&request, asked)
        let endpoint = Endpoint(target: request.target, issuer: issuer)
        let isRefresh = endpoint == .token && String(decoding: request.body, as: UTF8.self).contains("=refresh_token")
        var answer = await honest(request)
        let isLogin = endpoint == .token && answer.status == 200 && !isRefresh
        let scene = scene(for: request, logins: count(isLogin))
        // A refresh is changed by the faults that are about it, and by no other.
        guard endpoint != .token || isRefresh == (fault.stage == .refresh) else { return answer }
        change(&answer, of: endpoint, in: scene)
        fault.recipe.answer?(&answer, endpoint, scene)
        return answer
    }

    private func scene(for request: DevRequest, logins: Int) -> Scene {
        Scene(issuer: issuer, now: clock.now, keys: keys, secrets: secrets, request: request, logins: logins)
    }

    private func count(_ isLogin: Bool) -> Int {
        logins.withLock { logins in
            if isLogin { logins &+= 1 }
            return logins
        }
    }

    private func change(_ answer: inout DevResponse, of endpoint: Endpoint, in scene: Scene) {
        let recipe = fault.recipe
        switch endpoint {
        case .metadata: answer.edit(by: recipe.metadata, in: scene)
        case .keys: answer.editKeys(by: recipe.keys, in: scene)
        case .token:
            answer.editToken("id_token", by: recipe.idToken, in: scene)
            answer.edit(by: recipe.tokens, in: scene)
        case .userInfo: answer.edit(by: recipe.userInfo, in: scene)
        case .pushedRequest: answer.edit(by: recipe.pushed, in: scene)
        case .pages: answer.editResponse(by: recipe, in: scene)
        }
    }
}

// Answers of the endpoints that speak JSON. Those with an error stay as they are.
extension DevResponse {
    fileprivate mutating func edit(by edit: Recipe.Edit<JSONObject>?, in scene: Scene) {
        guard let edit, (200...201).contains(status), var members = try? JSONReader.object(body) else { return }
        edit(&members, scene)
        body = JSONWriter.bytes(members)
    }

    fileprivate mutating func editKeys(by edit: Recipe.Edit<[JSONObject]>?, in scene: Scene) {
        guard let edit else { return }
        self.edit(
            by: { document, scene in
                var keys = (document["keys"]?.arrayValue ?? []).compactMap(\.objectValue)
                edit(&keys, scene)
                document["keys"] = .array(keys.map(JSONValue.object))
            }, in: scene)
    }

    fileprivate mutating func editToken(_ name: String, by edit: Recipe.Edit<ForgedToken>?, in scene: Scene) {
        guard let edit else { return }
        self.edit(
            by: { members, scene in
                guard let text = members[name]?.stringValue, let forged = text.forged(by: edit, in: scene) else {
                    return
                }
                members[name] = .string(forged)
            }, in: scene)
    }
}

extension String {
    /// The token with the edit, signed anew.
    func forged(by edit: Recipe.Edit<ForgedToken>, in scene: Scene) -> String? {
        guard var token = ForgedToken(self) else { return nil }
        edit(&token, scene)
        return token.text(with: scene.keys)
    }
}
