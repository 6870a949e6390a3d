import DevAuthServer
import JOSE
import OAuthTypes
import Testing
import WireFormats

/// The keys of an app, and the JWTs that it signs with them.
enum AppKeys {
    private static let generated = Result { try SigningKey.generate(.es256) }
    private static let strange = Result { try SigningKey.generate(.es256) }
    static let longSecret = ClientSecret("a secret of more than 32 octets, as HS256 needs")

    static var key: SigningKey { get throws { try generated.get() } }

    /// A key that is registered nowhere.
    static var otherKey: SigningKey { get throws { try strange.get() } }

    static var published: JWKSet { get throws { try JWKSet(jwks: SigningKey.jwkSet([key])) } }

    static func assertion(_ jwtID: String = "a1", at now: UnixTime, changing changes: JSONObject = [:]) -> JSONObject {
        let claims: JSONObject = [
            "iss": "web-app", "sub": "web-app", "aud": .string(Fixture.issuerText), "jti": .string(jwtID),
            "exp": .time(now.adding(seconds: 60)), "iat": .time(now),
        ]
        return claims.replacing(changes)
    }

    static func form(_ assertion: String) -> [(String, String)] {
        [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ]
    }

    static func requestObject(
        at now: UnixTime, type: String = "oauth-authz-req+jwt", by key: SigningKey? = nil,
        changing changes: JSONObject = [:]
    ) throws -> String {
        let claims: JSONObject = [
            "iss": "web-app", "aud": .string(Fixture.issuerText), "exp": .time(now.adding(seconds: 60)),
            "nbf": .time(now),
        ]
        let parameters = JSONObject(Fixture.request.map { ($0.0, JSONValue.string($0.1)) })
        let all = parameters.replacing(claims).replacing(changes)
        return try (key ?? self.key).signed(type: type, claims: all).exposedText
    }
}

extension JSONObject {
    /// The object with other members; null leaves one out.
    func replacing(_ changes: JSONObject) -> JSONObject {
        var changed = self
        for (name, value) in changes.members { changed[name] = value == .null ? nil : value }
        return changed
    }
}

extension Fixture {
    /// The target of a request that refers to what was pushed, or contains a request object.
    static func authorize(only parameters: [(String, String)]) -> String {
        "/authorize?"
            + FormEncoding.encode(
                ([("client_id", "web-app")] + parameters).map { FormField(name: $0.0, value: $0.1) })
    }

    /// The first page of a login that needs no page but this and the consent page.
    func allow(_ target: String) async throws -> ScriptedUserAgent.Page {
        var browser = browser()
        let login = try await browser.open(Self.issuerText + target)
        guard login.forms.contains(where: { $0.id == "login" }) else { return login }
        let consent = try await browser.logIn(on: login, as: "alice", password: "correct horse")
        return try await browser.submit("consent", on: consent, action: "allow")
    }
}
