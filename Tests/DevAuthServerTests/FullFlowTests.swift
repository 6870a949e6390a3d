import CryptoPrimitives
import DevAuthServer
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct FullFlowTests {
    @Test func leadsFromLoginOverConsentToTokensAndClaims() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        let arrived = try await fixture.walk(&browser)
        #expect(arrived.status == 303)
        #expect(arrived.unfollowed?.text.hasPrefix(Fixture.callback + "?") == true)
        #expect(arrived.parameters("state") == ["state-1"])
        #expect(arrived.parameters("iss") == [Fixture.issuerText])

        let code = try #require(arrived.parameters("code").first)
        let answer = await fixture.requestTokens(for: code)
        #expect(answer.status == 200)
        let tokens = try answer.json
        #expect(tokens["token_type"] == "Bearer")
        #expect(tokens["expires_in"] == 3600)
        #expect(tokens["scope"] == "openid profile email offline_access read:demo")

        let info = await fixture.userInfo(try tokens.text("access_token"))
        #expect(info.status == 200)
        let expected: JSONObject = [
            "sub": "user-1", "name": "Alice", "preferred_username": "alice", "email": "alice@example.com",
            "email_verified": true,
        ]
        #expect(try info.json == expected)
    }

    @Test func writesTheIDTokensClaims() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        let claims = try tokens.claims(of: "id_token")
        let hash = SHA2.sha256(Array(try tokens.text("access_token").utf8)).prefix(16)
        let now = Int(fixture.clock.now.seconds)
        #expect(claims["iss"]?.stringValue == Fixture.issuerText)
        #expect(claims["sub"] == "user-1")
        #expect(claims["aud"] == "web-app")
        #expect(claims["nonce"] == "nonce-1")
        #expect(claims["iat"]?.intValue == now)
        #expect(claims["auth_time"]?.intValue == now)
        #expect(claims["exp"]?.intValue == now + 3600)
        #expect(claims["at_hash"]?.stringValue == Base64URL.encode(hash))
        #expect(claims["sid"]?.stringValue?.isEmpty == false)
    }

    // RFC 9068 §2.2
    @Test func writesTheAccessTokensClaims() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        let claims = try tokens.claims(of: "access_token")
        let now = Int(fixture.clock.now.seconds)
        #expect(claims["iss"]?.stringValue == Fixture.issuerText)
        #expect(claims["aud"] == "urn:demo-api")
        #expect(claims["client_id"] == "web-app")
        #expect(claims["sub"] == "user-1")
        #expect(claims["scope"] == "openid profile email offline_access read:demo")
        #expect(claims["exp"]?.intValue == now + 3600)
        #expect(claims["jti"]?.stringValue?.utf8.count == 43)
    }

    @Test(arguments: [("id_token", "JWT"), ("access_token", "at+jwt")])
    func signsWithThePublishedKey(_ name: String, type: String) async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens().text(name)
        let parts = token.split(separator: ".")
        let header = try JSONReader.object(try #require(Base64URL.decode(String(parts[0]))))
        let keys = try #require(try await fixture.get("/jwks").json["keys"]?.arrayValue)
        let jwk = try #require(keys.first?.objectValue)
        #expect(header["typ"]?.stringValue == type)
        #expect(header["alg"] == "RS256")
        #expect(header["kid"] == jwk["kid"])
        #expect(jwk["d"] == nil)

        let key = try RSAPublicKey(
            modulus: try #require(Base64URL.decode(try jwk.text("n"))),
            exponent: try #require(Base64URL.decode(try jwk.text("e"))))
        let signature = try #require(Base64URL.decode(String(parts[2])))
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        let isGenuine = key.verifyPKCS1(signature: signature.span, of: signed.span, hash: .bits256)
        #expect(isGenuine)
    }

    @Test func givesNoRefreshTokenWithoutOfflineAccess() async throws {
        let tokens = try await Fixture().tokens(["scope": "openid read:demo"])
        #expect(tokens["refresh_token"] == nil)
        #expect(try tokens.claims(of: "id_token")["email"] == nil)
    }

    @Test func dropsUnknownScopesAndSaysSo() async throws {
        let tokens = try await Fixture().tokens(["scope": "openid admin:everything"])
        #expect(tokens["scope"] == "openid")
    }

    @Test func worksUnderAnIssuerWithAPath() async throws {
        let fixture = try Fixture(issuer: "http://localhost:3001/tenant/")
        let document = await fixture.get("/tenant/.well-known/openid-configuration")
        #expect(try document.json["issuer"] == "http://localhost:3001/tenant/")
        #expect(try document.json["token_endpoint"] == "http://localhost:3001/tenant/token")
        #expect(await fixture.get("/jwks").status == 404)
        var browser = fixture.browser()
        let login = try await browser.open("http://localhost:3001/tenant" + Fixture.authorize())
        let consent = try await browser.logIn(on: login, as: "bob", password: "battery staple")
        let arrived = try await browser.submit("consent", on: consent, action: "allow")
        #expect(arrived.parameters("iss") == ["http://localhost:3001/tenant/"])
    }

    @Test func answersItsOwnOriginInProcessAndNothingElse() async throws {
        let fixture = try Fixture()
        let own = try fixture.server.issuer.configurationURL()
        let answer = try await fixture.server.transport.send(
            TransportRequest(.get, own, replay: .idempotent), within: .init())
        #expect(answer.status == 200)
        let foreign = try EndpointURL("https://login.example/")
        await #expect(throws: TransportError(.connectionFailed, sent: .nothing)) {
            try await fixture.server.transport.send(
                TransportRequest(.get, foreign, replay: .idempotent), within: .init())
        }
        await #expect(throws: TransportError(.bodyTooLarge, sent: .maybe)) {
            try await fixture.server.transport.send(
                TransportRequest(.get, own, replay: .idempotent), within: TransportLimits(maximumBodyOctets: 10))
        }
    }
}
