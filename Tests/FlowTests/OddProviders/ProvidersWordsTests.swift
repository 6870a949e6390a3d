import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// What the provider says about an error reaches the operator, and the page knows whose turn it is.
@Suite struct ProvidersWordsTests {
    @Test func theTokenEndpointsWordsReachTheOperator() async throws {
        let body =
            #"{"error":"invalid_client","error_description":"MSIS9623: bad credentials","error_uri":"https://e.example/1"}"#
        let app = try OddApp(bend: { $0.tokenAnswer = .json(body, status: 400) })
        let reply = await app.logIn()
        #expect(reply.status == 502)
        #expect(app.diagnosis.contains("MSIS9623: bad credentials") && app.diagnosis.contains("https://e.example/1"))
        #expect(!reply.text.contains("MSIS9623"))
    }

    @Test func theCallbacksWordsReachTheOperator() async throws {
        let app = try OddApp()
        let query =
            "error=server_error&error_description=AADSTS50011%3A+x%0D%0Ay&error_uri=https%3A%2F%2Fe.example&state=%STATE%"
        let reply = await app.comeBack(await app.begin(), query)
        #expect(
            app.diagnosis
                == "the provider answered server_error (the provider's words: 'AADSTS50011: xy'), see 'https://e.example'"
        )
        #expect(!reply.text.contains("AADSTS50011"))
    }

    @Test func whatIsWrongInADescriptionCostsTheDescriptionOnly() async throws {
        let app = try OddApp()
        let query = "error=access_denied&error_description=AADB2C90091%3a+la+introducci%u00f3n&state=%STATE%"
        let reply = await app.comeBack(await app.begin(), query)
        #expect(reply.status == 403 && reply.text.contains("The login was declined"))
        #expect(app.diagnosis.contains("AADB2C90091: la introducci%u00f3n"))
        #expect(app.details("provider.deviation").map { $0["member"] } == ["error_description"])
    }

    @Test func anErrorWithoutStateIsToldAndClaimsNoOtherBrowser() async throws {
        let app = try OddApp()
        let login = await app.begin()
        let reply = await app.comeBack(login, "error=access_denied&error_description=The+user+denied+it")
        #expect(reply.status == 400)
        #expect(reply.text.contains("The login was not completed") && !reply.text.contains("another browser"))
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty, "the error belongs to no login")
        #expect(app.events.refusals == ["callback_error_without_state"])
        #expect(app.diagnosis.contains("The user denied it"))
        #expect(await app.comeBack(login).beginsSession)
    }

    @Test func callbacksOfUnknownOriginCannotFillTheLog() async throws {
        let app = try OddApp()
        for _ in 1...200 { _ = await app.get("/callback?error=x&error_description=planted") }
        #expect(app.details("login.refused").count { $0["diagnosis"]?.contains("planted") == true } == 30)
        app.clock.advance(seconds: 60)
        _ = await app.get("/callback?error=x&error_description=planted")
        #expect(app.diagnosis.contains("planted"))
    }

    /// A page in another language goes by the code, and these are two different texts.
    @Test(arguments: [("access_denied", "callback_provider_error"), ("mfa_required", "callback_login_needed")])
    func aStepThatTheUserCanTakeHasACodeOfItsOwn(_ error: String, _ code: String) async throws {
        let app = try OddApp()
        let reply = await app.comeBack(await app.begin(), "error=\(error)&state=%STATE%")
        #expect(reply.status == 403)
        #expect(app.details("login.refused").last?["code"] == code)
    }

    @Test(arguments: ["interaction_required", "login_required", "consent_required", "mfa_required"])
    func whatOnlyALoginCanMendLeadsToOne(_ code: String) async throws {
        let body = #"{"error":"\#(code)","error_description":"AADSTS50076: multi-factor"}"#
        let app = try OddApp(bend: { $0.tokenAnswer = .json(body, status: 400) })
        let reply = await app.logIn()
        #expect(reply.status == 403)
        #expect(reply.text.contains("href=\"/login?returnTo=%2Fprofile\""))
        #expect(app.details("login.refused").last?["turn"] == "user")
        #expect(app.diagnosis.contains("AADSTS50076"))
    }

    /// Keycloak ends a login in a second tab this way, and asks clients to start again at once.
    @Test func anExpiredAuthenticationStartsAnewWithTheSameReturnPathOnce() async throws {
        let app = try OddApp()
        let error = "error=temporarily_unavailable&error_description=authentication_expired&state=%STATE%"
        let second = app.begun(await app.comeBack(await app.begin(), error))
        #expect(second.reply.status == 303 && second.location.hasPrefix("https://op.example/authorize?"))
        #expect(await app.comeBack(second).location == "/profile")
        let again = app.begun(await app.comeBack(await app.begin(), error))
        #expect(await app.comeBack(again, error).status == 503, "the second time it is told")
    }

    @Test func otherUnavailabilityIsNoReasonToStartAnew() async throws {
        let app = try OddApp()
        let error = "error=temporarily_unavailable&error_description=maintenance&state=%STATE%"
        #expect(await app.comeBack(await app.begin(), error).status == 503)
        #expect(app.details("login.retried").isEmpty)
    }

    @Test func anEncryptedIDTokenIsCalledEncrypted() async throws {
        let app = try OddApp(bend: {
            $0.tokens = { $0["id_token"] = "eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.Y2lwaGVy.dGFn" }
        })
        #expect(await app.logIn().status == 502)
        #expect(app.diagnosis.contains("encrypted"))
    }

    @Test(arguments: [TransportError.Reason.bodyTooLarge, .protocolViolation, .fieldsTooLarge])
    func whatWillBeTheSameNextTimeIsNotCalledPassing(_ reason: TransportError.Reason) async throws {
        for path in ["/.well-known/openid-configuration", "/token", "/jwks"] {
            let app = try OddApp(bend: { $0.failures = [path: reason] })
            let begun = await app.begin()
            let reply = begun.reply.status == 303 ? await app.comeBack(begun) : begun.reply
            #expect(reply.status == 500 || reply.status == 502)
            #expect(app.details("login.refused").last?["turn"] == "operator")
        }
    }
}
