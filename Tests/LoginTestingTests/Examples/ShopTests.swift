import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing
import WireFormats

struct ShopTests {
    let clock = TestClock()
    let transport = TestTransport()
    let shop: Shop

    init() throws {
        var settings = LoginSettings(
            issuer: try Issuer("https://login.example"), clientID: try ClientID("shop"),
            clientSecret: ClientSecret("a secret of the tests"), baseURL: try EndpointURL("https://shop.example"))
        settings.idleLifetime = .seconds(3600)
        var environment = LoginFlow.Environment(transport: transport)
        environment.use(clock)
        shop = Shop(
            flow: try LoginFlow(
                settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment
            ))
    }

    @Test func showsTheAddressOfTheUser() async throws {
        let alice = try await TestLogin(shop.flow).loggedIn(subject: "alice", claims: ["email": "alice@example.com"])
        let reply = await shop.answer(alice.request("/account"))
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self).contains("alice@example.com"))
    }

    @Test func takesAnOrderOnlyWithTheTokenOfTheForm() async throws {
        let alice = try await TestLogin(shop.flow).loggedIn(subject: "alice")
        let form: KeyValuePairs = ["csrf_token": alice.session.csrfToken, "item": "tea"]
        #expect(await shop.answer(alice.request("/orders", method: .post, form: form)).status == 200)
        #expect(await shop.answer(alice.request("/orders", method: .post, form: ["item": "tea"])).status == 403)
    }

    @Test func forgetsTheUserAfterAnHour() async throws {
        let alice = try await TestLogin(shop.flow).loggedIn(subject: "alice")
        clock.advance(by: .seconds(3600))
        guard case .visitor = await shop.flow.admit(alice.request("/"), requiring: .none) else {
            Issue.record("the session should be over")
            return
        }
    }

    @Test func callsTheAPIWithTheTokenOfTheUser() async throws {
        transport.answer(for: try EndpointURL("https://api.example").origin) { request in
            let isAlice = request.fields.onlyValue(named: "Authorization") == "Bearer token-of-alice"
            return TransportResponse(status: isAlice ? 200 : 401, body: Array("2 orders".utf8))
        }
        let tokens = TestTokens(accessToken: AccessToken("token-of-alice"))
        let alice = try await TestLogin(shop.flow).loggedIn(subject: "alice", tokens: tokens)
        #expect(await shop.answer(alice.request("/orders")).status == 200)
    }
}
