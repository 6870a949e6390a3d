import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct UserInfoAndRevocationTests {
    @Test(arguments: [
        [], [("Authorization", "Basic abc")], [("Authorization", "Bearer")], [("Authorization", "Bearer nonsense")],
    ])
    func refusesARequestWithoutAGoodToken(_ fields: [(String, String)]) async throws {
        let answer = await (try Fixture()).get("/userinfo", fields: fields)
        #expect(answer.status == 401)
        #expect(answer.field("WWW-Authenticate")?.hasPrefix("Bearer realm=") == true)
    }

    @Test func namesTheErrorOnlyWhenATokenCame() async throws {
        let fixture = try Fixture()
        #expect(await fixture.get("/userinfo").field("WWW-Authenticate")?.contains("error") == false)
        #expect(await fixture.userInfo("x").field("WWW-Authenticate")?.contains("invalid_token") == true)
    }

    @Test func readsTheTokenFromTheHeaderOnly() async throws {
        let fixture = try Fixture()
        let token = try await fixture.tokens().text("access_token")
        #expect(await fixture.get("/userinfo?access_token=\(token)").status == 401)
        #expect(await fixture.post("/userinfo", form: [("access_token", token)], authorization: nil).status == 401)
        let header = HeaderField("Authorization", "Bearer \(token)")
        #expect(await fixture.post("/userinfo", form: [], authorization: header).status == 200)
        let twice = [("Authorization", "Bearer \(token)"), ("Authorization", "Bearer \(token)")]
        #expect(await fixture.get("/userinfo", fields: twice).status == 400)
    }

    @Test func refusesAnExpiredToken() async throws {
        let fixture = try Fixture(lifetimes: DevLifetimes(accessToken: .seconds(30)))
        let token = try await fixture.tokens().text("access_token")
        fixture.clock.advance(seconds: 29)
        #expect(await fixture.userInfo(token).status == 200)
        fixture.clock.advance(seconds: 1)
        #expect(await fixture.userInfo(token).status == 401)
    }

    @Test func refusesAnIDTokenAndATokenWithAChangedOctet() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        #expect(await fixture.userInfo(try tokens.text("id_token")).status == 401)
        #expect(await fixture.userInfo(try tokens.text("access_token") + "A").status == 401)
    }

    @Test func revokesARefreshTokenWithAllThatCameFromIt() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        let answer = await fixture.post("/revoke", form: [("token", try tokens.text("refresh_token"))])
        #expect(answer.status == 200)
        #expect(await fixture.refresh(try tokens.text("refresh_token")).error == "invalid_grant")
        #expect(await fixture.userInfo(try tokens.text("access_token")).status == 401)
    }

    @Test func revokesAnAccessTokenAlone() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        _ = await fixture.post("/revoke", form: [("token", try tokens.text("access_token"))])
        #expect(await fixture.userInfo(try tokens.text("access_token")).status == 401)
        #expect(await fixture.refresh(try tokens.text("refresh_token")).status == 200)
    }

    @Test func revokesNothingOfAnotherClientAndNothingWithoutASecret() async throws {
        let fixture = try Fixture()
        let tokens = try await fixture.tokens()
        let form = [("token", try tokens.text("refresh_token"))]
        let foreign = await fixture.post(
            "/revoke", form: form, authorization: Fixture.basic("other-app", secret: "other secret"))
        #expect(foreign.status == 200)
        #expect(await fixture.post("/revoke", form: form, authorization: nil).status == 401)
        #expect(await fixture.post("/revoke", form: [("token", "unknown")]).status == 200)
        #expect(await fixture.post("/revoke", form: []).error == "invalid_request")
        #expect(await fixture.refresh(try tokens.text("refresh_token")).status == 200)
    }
}
