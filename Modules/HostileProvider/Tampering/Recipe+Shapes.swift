import DevAuthServer
import OAuthTypes
import WireFormats

// What several faults have in common.
extension Recipe {
    /// Leaves the claims of profile and email out of the ID token, so that they are fetched, and changes those that come.
    static func lackingClaims(_ edit: @escaping @Sendable (inout JSONObject) -> Void) -> Recipe {
        Recipe(
            idToken: { token, _ in token.claims = token.claims.withoutProfile },
            userInfo: { claims, _ in edit(&claims) })
    }

    /// The same, and changes the whole UserInfo response.
    static func lackingClaims(answering edit: @escaping @Sendable (inout DevResponse) -> Void) -> Recipe {
        Recipe(
            idToken: { token, _ in token.claims = token.claims.withoutProfile },
            answer: { answer, endpoint, _ in if endpoint == .userInfo { edit(&answer) } })
    }

    /// Has these endpoints at other addresses, and the usual ones no more.
    static func moving(_ names: [String]) -> Recipe {
        let prefix = "/elsewhere"
        return Recipe(
            request: { request, scene in
                let usual = scene.path(request.target, without: prefix)
                let isMoved = names.contains { name in usual.path.hasSuffix(Self.paths[name] ?? "-") }
                guard isMoved || usual.isMoved else { return }
                request.target = isMoved && usual.isMoved ? usual.path + usual.rest : "/nothing-here"
            },
            metadata: { document, scene in
                for name in names { document[name] = scene.address(prefix + (Self.paths[name] ?? "")) }
            })
    }

    private static let paths = [
        "authorization_endpoint": "/authorize", "token_endpoint": "/token", "userinfo_endpoint": "/userinfo",
        "jwks_uri": "/jwks",
    ]
}

extension Scene {
    fileprivate func path(_ target: String, without prefix: String) -> (path: String, rest: Substring, isMoved: Bool) {
        let path = target.prefix { $0 != "?" }
        let usual = String(path).replacing(prefix + "/", with: "/")
        return (usual, target.dropFirst(path.count), usual != path)
    }
}

extension JSONObject {
    func with(_ name: String, _ value: JSONValue) -> JSONObject {
        var changed = self
        changed[name] = value
        return changed
    }

    func without(_ name: String) -> JSONObject {
        var changed = self
        changed[name] = nil
        return changed
    }

    /// Without the claims that the UserInfo endpoint has too.
    var withoutProfile: JSONObject {
        ["name", "preferred_username", "picture", "email", "email_verified"].reduce(self) { $0.without($1) }
    }
}

extension DevResponse {
    /// A redirect to a server that is not the provider's.
    static var redirect: DevResponse {
        DevResponse(
            status: 307, fields: [HeaderField("Location", "https://elsewhere.example/")].compactMap(\.self))
    }

    static var page: DevResponse {
        DevResponse(
            status: 200, fields: [HeaderField("Content-Type", "text/html")].compactMap(\.self),
            body: Array("<html><script>alert(1)</script></html>".utf8))
    }

    static func json(_ status: Int, _ body: [UInt8]) -> DevResponse {
        DevResponse(
            status: status, fields: [HeaderField("Content-Type", "application/json")].compactMap(\.self), body: body)
    }

    static func error(_ status: Int, _ code: String) -> DevResponse {
        json(status, JSONWriter.bytes(["error": .string(code)] as JSONObject))
    }
}
