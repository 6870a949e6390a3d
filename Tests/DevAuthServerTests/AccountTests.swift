import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct AccountTests {
    @Test func profileReleasesPictureAndFurtherClaims() async throws {
        let fixture = try Fixture { _, accounts in
            accounts[0].picture = .initials
            accounts[0].claims = ["locale": "en", "groups": ["staff"]]
        }
        let tokens = try await fixture.tokens()
        let userInfo = try await fixture.userInfo(try tokens.text("access_token")).json
        for claims in [try tokens.claims(of: "id_token"), userInfo] {
            #expect(claims["picture"] == "http://localhost:3001/pictures/1.svg")
            #expect(claims["locale"] == "en")
            #expect(claims["groups"] == ["staff"])
        }
        let less = try await fixture.tokens(["scope": "openid email"]).claims(of: "id_token")
        #expect(less["picture"] == nil && less["locale"] == nil)
    }

    @Test func aPictureElsewhereIsOnlyNamed() async throws {
        let url = try EndpointURL("https://pictures.example/a.png")
        let fixture = try Fixture { _, accounts in accounts[0].picture = .url(url) }
        #expect(try await fixture.tokens().claims(of: "id_token")["picture"] == .string(url.text))
        #expect(await fixture.get("/pictures/1.svg").status == 404)
    }

    @Test(arguments: [
        ("Alice Liddell", "AL"), ("bob", "B"), ("Ana María de la Vega", "AV"), ("  ", ""), ("élan Ödön", "ÉÖ"),
        ("<b> &c", "&lt;&amp;"),
    ])
    func drawsInitials(_ name: String, initials: String) async throws {
        let fixture = try Fixture { _, accounts in
            accounts[0].picture = .initials
            accounts[0].name = name
        }
        let answer = await fixture.get("/pictures/1.svg")
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type") == "image/svg+xml")
        #expect(answer.field("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
        #expect(answer.text.hasSuffix("fill=\"#ffffff\">\(initials)</text></svg>"))
    }

    @Test(arguments: [
        "/pictures/", "/pictures/0.svg", "/pictures/2.svg", "/pictures/3.svg", "/pictures/-1.svg", "/pictures/1",
        "/pictures/1.png", "/pictures/99999999999999999999.svg", "/pictures/-9223372036854775808.svg",
        "/pictures/x.svg",
    ])
    func hasNoOtherPictures(_ path: String) async throws {
        let fixture = try Fixture { _, accounts in accounts[0].picture = .initials }
        #expect(await fixture.get(path).status == 404)
    }

    @Test func theSamplesHavePictures() {
        #expect(DevAccount.samples(random: .system).map(\.picture) == [.initials, .initials])
    }

    @Test func aClientMayRequestNoMoreThanItsScope() async throws {
        let fixture = try Fixture { client, _ in client.scope = try Scope("profile read:demo") }
        #expect(try await fixture.tokens()["scope"] == "openid profile read:demo")
    }

    @Test func aClientMayNameItsOwnAPIs() async throws {
        let fixture = try Fixture { client, _ in client.audiences = ["urn:other-api"] }
        let tokens = try await fixture.tokens(["audience": "urn:other-api"])
        #expect(try tokens.claims(of: "access_token")["aud"] == "urn:other-api")
        #expect(try await fixture.tokens().claims(of: "access_token")["aud"] == "urn:demo-api")
        let refused = await fixture.get(Fixture.authorize(["audience": "urn:third-api"]))
        #expect(refused.field("Location")?.contains("error=invalid_target") == true)
        let refresh = try tokens.text("refresh_token")
        #expect(await fixture.refresh(refresh, adding: [("audience", "urn:demo-api")]).error == "invalid_target")
        let again = try await fixture.refresh(refresh, adding: [("audience", "urn:other-api")]).json
        #expect(try again.claims(of: "access_token")["aud"] == "urn:other-api")
    }
}
