import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct RefreshTests {
    @Test func rotatesAndKeepsUserAndLoginTime() async throws {
        let fixture = try Fixture()
        let first = try await fixture.tokens()
        fixture.clock.advance(seconds: 500)
        let answer = await fixture.refresh(try first.text("refresh_token"))
        #expect(answer.status == 200)
        let second = try answer.json
        #expect(second["refresh_token"] != first["refresh_token"])
        #expect(second["access_token"] != first["access_token"])
        let (before, after) = (try first.claims(of: "id_token"), try second.claims(of: "id_token"))
        for name in ["iss", "sub", "aud", "auth_time", "sid"] { #expect(before[name] == after[name]) }
        #expect(after["iat"]?.intValue == Int(fixture.clock.now.seconds))
        #expect(after["nonce"] == nil)
        #expect(await fixture.userInfo(try second.text("access_token")).status == 200)
    }

    // RFC 9700 §4.14.2
    @Test func revokesTheFamilyWhenAnOldTokenComesBack() async throws {
        let fixture = try Fixture()
        let first = try await fixture.tokens()
        let second = try await fixture.refresh(try first.text("refresh_token")).json
        let third = try await fixture.refresh(try second.text("refresh_token")).json
        #expect(await fixture.refresh(try first.text("refresh_token")).error == "invalid_grant")
        #expect(await fixture.refresh(try third.text("refresh_token")).error == "invalid_grant")
        #expect(await fixture.userInfo(try third.text("access_token")).status == 401)
    }

    @Test func leavesOtherLoginsAloneWhenAFamilyIsRevoked() async throws {
        let fixture = try Fixture()
        let (one, other) = (try await fixture.tokens(), try await fixture.tokens())
        _ = await fixture.refresh(try one.text("refresh_token"))
        _ = await fixture.refresh(try one.text("refresh_token"))
        #expect(await fixture.refresh(try other.text("refresh_token")).status == 200)
    }

    @Test func refusesAnotherClientsToken() async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens().text("refresh_token")
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)]
        let stolen = await fixture.post(
            "/token", form: form, authorization: Fixture.basic("other-app", secret: "other secret"))
        #expect(stolen.error == "invalid_grant")
        #expect(await fixture.refresh(token).status == 200)
    }

    @Test func refusesAnExpiredToken() async throws {
        let fixture = try Fixture(lifetimes: DevLifetimes(refreshToken: .seconds(1000)))
        let token = try await fixture.tokens().text("refresh_token")
        fixture.clock.advance(seconds: 1000)
        #expect(await fixture.refresh(token).error == "invalid_grant")
    }

    @Test func narrowsButNeverWidensTheScope() async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens(["scope": "openid email offline_access"]).text("refresh_token")
        #expect(await fixture.refresh(token, adding: [("scope", "openid profile")]).error == "invalid_scope")
        let narrow = try await fixture.refresh(token, adding: [("scope", "openid")]).json
        #expect(narrow["scope"] == "openid")
        let wide = try await fixture.refresh(try narrow.text("refresh_token")).json
        #expect(wide["scope"] == "openid email offline_access")
    }

    @Test func givesNoIDTokenWithoutOpenIDAndNoClaimsEither() async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens().text("refresh_token")
        let tokens = try await fixture.refresh(token, adding: [("scope", "read:demo")]).json
        #expect(tokens["id_token"] == nil)
        let info = await fixture.userInfo(try tokens.text("access_token"))
        #expect(info.status == 403)
        #expect(info.field("WWW-Authenticate")?.contains("error=\"insufficient_scope\"") == true)
    }

    @Test(arguments: [("audience", "urn:other", "invalid_target"), ("scope", " ", "invalid_scope")])
    func refusesWhatItCannotGive(_ name: String, value: String, error: String) async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens().text("refresh_token")
        #expect(await fixture.refresh(token, adding: [(name, value)]).error == error)
        #expect(await fixture.refresh(token, adding: [("audience", "urn:demo-api")]).status == 200)
    }
}
