import AuthURL
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// `offline_access` has four outcomes: granted, silently no refresh token, invalid_request, invalid_scope.
@Suite struct OfflineAccessTests {
    private static let listed: @Sendable (inout JSONObject) -> Void = {
        $0["scopes_supported"] = ["openid", "profile", "email", "offline_access"]
    }

    private func app(
        _ access: OfflineAccess = .automatic, gives: Bool = true, prompt: [AuthorizationRequest.Prompt] = []
    ) throws -> OddApp {
        try OddApp(
            bend: {
                $0.metadata = Self.listed
                if !gives { $0.tokens = { $0["refresh_token"] = nil } }
            },
            configure: {
                $0.offlineAccess = access
                $0.prompt = prompt
            })
    }

    private func asks(_ login: OddApp.Begun) -> Bool { login.parameter("scope")?.contains("offline_access") == true }

    @Test func itIsAskedForAsItIsWhileThatGivesARefreshToken() async throws {
        let app = try app()
        for _ in 1...3 {
            let login = await app.begin()
            #expect(asks(login) && login.parameter("prompt") == nil)
            #expect(await app.comeBack(login).beginsSession)
        }
    }

    @Test func withoutARefreshTokenConsentIsAskedForNextTimeForADay() async throws {
        let app = try app(gives: false)
        await app.logIn()
        let next = await app.begin()
        #expect(asks(next) && next.parameter("prompt") == "consent")
        app.clock.advance(seconds: 86_401)
        #expect(await app.begin().parameter("prompt") == nil)
    }

    @Test func whereConsentGivesNoneEitherNobodyIsBotheredWithIt() async throws {
        let app = try app(gives: false)
        await app.logIn()
        await app.logIn()
        let third = await app.begin()
        #expect(asks(third) && third.parameter("prompt") == nil)
    }

    @Test func oneUserWithoutARefreshTokenDoesNotUndoWhatOthersGet() async throws {
        let app = try app()
        await app.logIn()
        app.provider.bend { $0.tokens = { $0["refresh_token"] = nil } }
        await app.logIn()
        #expect(await app.begin().parameter("prompt") == nil)
    }

    /// A user unticked it once: that consent works is no reason to ask every user for it forever.
    @Test func oneUserWithoutARefreshTokenBothersTheOthersForADayAtMost() async throws {
        let app = try app(gives: false)
        await app.logIn()
        app.provider.bend { $0.tokens = { _ in } }
        for _ in 1...24 {
            let login = await app.begin()
            #expect(login.parameter("prompt") == "consent")
            #expect(await app.comeBack(login).beginsSession)
            app.clock.advance(seconds: 3_600)
        }
        let next = await app.begin()
        #expect(asks(next) && next.parameter("prompt") == nil)
    }

    @Test func consentStandsBesideLoginAndNeverBesideNone() async throws {
        let stepUp = await (try app(.withConsent, prompt: [.login])).begin()
        #expect(stepUp.parameter("prompt") == "login consent" && asks(stepUp))
        let silent = await (try app(.withConsent, prompt: [.none])).begin()
        #expect(silent.parameter("prompt") == "none" && !asks(silent))
    }

    @Test func theIntegratorMaySayHow() async throws {
        #expect(!asks(await (try app(.never)).begin()))
        let plain = try app(.plain, gives: false)
        await plain.logIn()
        #expect(await plain.begin().parameter("prompt") == nil)
    }

    static let refusals = [
        "error=invalid_scope", "error=invalid_request&error_description=consent+in+prompt",
        "error=invalid_request&error_description=Missing+%22consent%22+in+prompt",
    ]

    @Test(arguments: refusals) func aRefusalLeadsThatLoginThroughOneTryWithoutIt(_ error: String) async throws {
        let app = try app()
        let first = await app.begin()
        let second = app.begun(await app.comeBack(first, error + "&state=%STATE%"))
        #expect(second.reply.status == 303 && !asks(second))
        for secret in ["state", "nonce", "code_challenge"] {
            #expect(second.parameter(secret) != first.parameter(secret))
        }
        #expect(app.details("login.retried").count == 1)
        let reply = await app.comeBack(second)
        #expect(reply.beginsSession && reply.location == "/profile")
        #expect(asks(await app.begin()), "a callback teaches nothing for others")
    }

    @Test(arguments: refusals) func thereIsNoThirdTry(_ error: String) async throws {
        let app = try app()
        let second = app.begun(await app.comeBack(await app.begin(), error + "&state=%STATE%"))
        let reply = await app.comeBack(second, error + "&state=%STATE%")
        #expect(reply.status == 502)
        #expect(app.details("login.retried").count == 1)
    }

    @Test(arguments: ["&state=other", "", "&state=%STATE%&iss=https%3A%2F%2Fevil.example"])
    func aCallbackThatDoesNotProveItselfLeadsToNoSecondTry(_ rest: String) async throws {
        let app = try app()
        let reply = await app.comeBack(await app.begin(), "error=invalid_scope" + rest)
        #expect(reply.location == nil && reply.status == 400)
        #expect(app.details("login.retried").isEmpty)
    }

    @Test func aRefusalOfAnotherScopeIsTheOperatorsWithTheProvidersWords() async throws {
        let app = try app(.never)
        let error = "error=invalid_scope&error_description=unknown:+profile&state=%STATE%"
        #expect(await app.comeBack(await app.begin(), error).status == 502)
        #expect(app.diagnosis.contains("invalid_scope") && app.diagnosis.contains("unknown: profile"))
    }

    /// What the first try was held to holds for the second one, though the hook goes by the request.
    @Test func theSecondTryIsHeldToWhatTheFirstOneWas() async throws {
        struct StepUp: LoginHooks {
            func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
                guard visit.request.target.hasPrefix("/login") else { return }
                request.maxAge = .seconds(60)
                request.acrValues = ["strong"]
            }
            func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
        }
        let app = try OddApp(hooks: StepUp(), bend: { $0.metadata = Self.listed })
        let second = app.begun(await app.comeBack(await app.begin(), "error=invalid_scope&state=%STATE%"))
        #expect(second.parameter("max_age") == "60" && second.parameter("acr_values") == "strong")
        #expect(await app.comeBack(second).status == 502)
    }

    /// The hook asks for less where it cannot see why the login began.
    @Test func aHookCannotLowerTheContextsOfTheFirstTry() async throws {
        struct StepUp: LoginHooks {
            func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
                request.acrValues = visit.request.target.hasPrefix("/login") ? ["strong"] : ["weak"]
            }
            func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
        }
        let app = try OddApp(hooks: StepUp(), bend: { $0.metadata = Self.listed })
        let second = app.begun(await app.comeBack(await app.begin(), "error=invalid_scope&state=%STATE%"))
        #expect(second.parameter("acr_values") == "strong")
    }

    /// Keycloak's login page was open for too long: the scope is not to blame, and its loss would cost the refresh token.
    @Test func aLoginThatTookTooLongStillAsksForItInItsSecondTry() async throws {
        let app = try app()
        let error = "error=temporarily_unavailable&error_description=authentication_expired&state=%STATE%"
        let second = app.begun(await app.comeBack(await app.begin(), error))
        #expect(second.reply.status == 303 && asks(second))
        #expect(await app.comeBack(second, "error=invalid_scope&state=%STATE%").status == 502, "there is no third try")
        #expect(app.details("login.retried").count == 1)
    }

    struct Listing: CustomTestStringConvertible, Sendable {
        let listed: [JSONValue]?
        let asked: String
        var testDescription: String { "\(listed.map { "\($0)" } ?? "silent") → \(asked)" }
    }

    static let listings: [Listing] = [
        Listing(listed: nil, asked: "openid profile email"),
        Listing(listed: ["openid", "people", "calendar"], asked: "openid"),
        Listing(listed: ["openid", "email"], asked: "openid email"),
        Listing(listed: ["openid"], asked: "openid"),
        Listing(listed: ["read:demo"], asked: "openid profile email"),
        Listing(
            listed: ["openid", "profile", "email", "offline_access"], asked: "openid profile email offline_access"),
    ]

    @Test(arguments: listings) func onlyListedScopesAreAskedForByDefault(_ listing: Listing) async throws {
        let app = try OddApp(bend: { $0.metadata = { $0["scopes_supported"] = listing.listed.map(JSONValue.array) } })
        #expect(await app.begin().parameter("scope") == listing.asked)
    }
}
