import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Each way of client authentication in a whole login (OpenID Connect Core §9, RFC 8705 §2).
@Suite struct ClientCredentialTests {
    static let key = Result { try SigningKey.generate(.es256) }

    @Test(arguments: [
        (ClientAssertion(), OddProvider.issuer, "JWT"),
        (ClientAssertion(audience: .tokenEndpoint), OddProvider.issuer + "/token", "JWT"),
        (ClientAssertion(audience: .endpoint), OddProvider.issuer + "/token", "JWT"),
        (ClientAssertion(type: "client-authentication+jwt"), OddProvider.issuer, "client-authentication+jwt"),
    ])
    func aPrivateKeySignsAnAssertionForOneAudience(
        _ assertion: ClientAssertion, audience: String, type: String
    ) async throws {
        let key = try Self.key.get()
        let app = try OddApp(configure: {
            $0.clientCredential = .privateKeyJWT(assertion)
            $0.clientKeys = ClientKeyRing(ClientKeys(key))
        })
        #expect(await app.logIn().beginsSession)
        let sent = try AssertionSent(app.provider.lastTokenForm)
        #expect(sent.header["alg"] == "ES256")
        #expect(sent.header["typ"]?.stringValue == type)
        #expect(sent.header["kid"]?.stringValue == key.keyID?.text)
        #expect(sent.claims["aud"]?.stringValue == audience)
        #expect(sent.claims["iss"] == "web-app")
        #expect(sent.claims["sub"] == "web-app")
        #expect(!app.provider.lastTokenForm.contains("client_secret"))
    }

    @Test func everyAssertionHasAnIdentifierOfItsOwn() async throws {
        let key = try Self.key.get()
        let app = try OddApp(configure: {
            $0.clientCredential = .privateKeyJWT()
            $0.clientKeys = ClientKeyRing(ClientKeys(key))
        })
        var seen: Set<JSONValue> = []
        for _ in 1...3 {
            await app.logIn()
            seen.insert(try #require(try AssertionSent(app.provider.lastTokenForm).claims["jti"]))
        }
        #expect(seen.count == 3)
    }

    @Test func theSecretSignsAndStaysHere() async throws {
        let secret = "0123456789abcdef0123456789abcdef"
        let app = try OddApp(secret: secret, configure: { $0.clientCredential = .secretJWT(ClientSecret(secret)) })
        #expect(await app.logIn().beginsSession)
        #expect(try AssertionSent(app.provider.lastTokenForm).header["alg"] == "HS256")
        let requests = app.provider.requests.map { String(decoding: $0.body, as: UTF8.self) + "\($0.fields)" }
        #expect(!requests.contains { $0.contains(secret) })
    }

    @Test func withoutCredentialsTheClientIDIsAllThatIsSent() async throws {
        let app = try OddApp(configure: { $0.clientCredential = .none })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.lastTokenForm.contains("client_id=web-app"))
        #expect(!app.provider.lastTokenForm.contains("client_secret"))
        #expect(app.provider.requests.allSatisfy { $0.fields.values(named: "Authorization").count <= 1 })
        #expect(app.provider.requests.first { $0.url.path == "/token" }?.fields.values(named: "Authorization") == [])
    }

    @Test(arguments: [ClientCredential.tls, .selfSignedTLS])
    func aCertificatesConnectionGoesToTheAliases(_ credential: ClientCredential) async throws {
        let app = try OddApp(
            bend: {
                $0.metadata = {
                    $0["mtls_endpoint_aliases"] = [
                        "token_endpoint": "https://mtls.op.example/token", "userinfo_endpoint": "",
                    ]
                }
            }, configure: { $0.clientCredential = credential })
        #expect(await app.logIn().beginsSession)
        let token = try #require(app.provider.requests.first { $0.url.path == "/token" })
        #expect(token.url.text == "https://mtls.op.example/token")
        #expect(String(decoding: token.body, as: UTF8.self).contains("client_id=web-app"))
    }

    @Test func withoutACertificateTheAliasesAreLeftAlone() async throws {
        let app = try OddApp(bend: {
            $0.metadata = { $0["mtls_endpoint_aliases"] = ["token_endpoint": "https://mtls.op.example/token"] }
        })
        await app.logIn()
        #expect(app.provider.requests.allSatisfy { $0.url.text.hasPrefix(OddProvider.issuer) })
    }

    @Test func settingsThatCannotAuthenticateAreFaults() throws {
        let faults: (@escaping (inout LoginSettings) -> Void) throws -> [String] = { change in
            do {
                _ = try OddApp(configure: { change(&$0) })
                return []
            } catch let error as SettingsError { return error.faults.map(\.setting) }
        }
        #expect(try faults { $0.clientCredential = .privateKeyJWT() } == ["clientKeys"])
        #expect(try faults { $0.clientCredential = .secretJWT(ClientSecret("short")) } == ["clientSecret"])
        #expect(try faults { $0.clientCredential = .secretJWT(ClientSecret("")) } == ["clientSecret"])
        #expect(try faults { $0.signedRequests = .always } == ["clientKeys"])
        let odd = ClientAssertion(type: "a b")
        #expect(
            try faults {
                $0.clientCredential = .secretJWT(ClientSecret(String(repeating: "s", count: 32)), assertion: odd)
            }
                == ["clientCredential"])
    }

    @Test(arguments: [ClientAssertion.Audience.tokenEndpoint, .endpoint])
    func aKeyForEndpointsIsNotSharedWithAnotherIssuer(_ audience: ClientAssertion.Audience) throws {
        let ring = ClientKeyRing(ClientKeys(try Self.key.get()))
        _ = try OddApp(configure: {
            $0.clientCredential = .privateKeyJWT(ClientAssertion(audience: audience))
            $0.clientKeys = ring
        })
        #expect(throws: SettingsError.self) {
            try OddApp(configure: {
                $0.issuer = try Issuer("https://other.example")
                $0.clientCredential = .privateKeyJWT()
                $0.clientKeys = ring
            })
        }
    }

    @Test func theKeysArePublishedForEveryone() async throws {
        let key = try Self.key.get()
        let path = "/.well-known/login-client-jwks.json"
        let app = try OddApp(configure: { $0.clientKeys = ClientKeyRing(ClientKeys(key)) })
        let reply = await app.get(path)
        #expect(reply.status == 200)
        #expect(reply.fields.onlyValue(named: "Content-Type") == "application/jwk-set+json")
        #expect(reply.fields.onlyValue(named: "Cache-Control") == "public, max-age=300")
        #expect(try JSONReader.object(reply.body) == ["keys": [.object(key.publicJWK)]])
        #expect(try OddApp().flow.route(.get, target: path) == nil)
        let posted = await app.flow.respond(to: BrowserRequest(.post, target: path), on: .clientKeys)
        #expect(posted.status == 405)
        let head = await app.flow.respond(to: BrowserRequest(.head, target: path), on: .clientKeys)
        #expect(head.status == 200 && head.body.isEmpty)
    }
}

/// A client assertion as a provider sees it, not verified.
struct AssertionSent {
    let header, claims: JSONObject

    init(_ form: String) throws {
        let text = try #require(try FormEncoding.decode(form).onlyValue(named: "client_assertion"))
        (header, claims) = try AssertionSent.parts(text)
    }

    static func parts(_ token: String) throws -> (header: JSONObject, claims: JSONObject) {
        let parts = token.split(separator: ".").map { Base64URL.decode(String($0)) }
        return (
            try JSONReader.object(try #require(parts.first ?? nil)),
            try JSONReader.object(try #require(parts.dropFirst().first ?? nil))
        )
    }
}
