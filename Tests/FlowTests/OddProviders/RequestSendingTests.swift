import APIClient
import AuthURL
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Authorization requests that are pushed (RFC 9126), signed (RFC 9101), or both.
@Suite struct RequestSendingTests {
    static let par: JSONValue = "https://op.example/par"
    static let taken = TransportResponse.json(#"{"request_uri":"urn:op:1","expires_in":60}"#, status: 201)

    /// An app at a provider that takes pushed and signed requests.
    private func app(
        answering answer: TransportResponse = taken, demanding member: String? = nil, hooks: any LoginHooks = NoHooks(),
        configure: (inout LoginSettings) throws -> Void = { _ in }
    ) throws -> OddApp {
        try OddApp(
            hooks: hooks,
            bend: {
                $0.keys = ["/par": answer]
                $0.metadata = { metadata in
                    metadata["pushed_authorization_request_endpoint"] = Self.par
                    metadata["request_parameter_supported"] = true
                    if let member { metadata[member] = true }
                }
            },
            configure: {
                $0.clientKeys = ClientKeyRing(ClientKeys(try ClientCredentialTests.key.get()))
                try configure(&$0)
            })
    }

    private func pushed(_ app: OddApp) throws -> FormFields {
        let request = try #require(app.provider.requests.last { $0.url.path == "/par" })
        return FormFields(fields: try FormEncoding.decode(String(decoding: request.body, as: UTF8.self)))
    }

    @Test func aPushedRequestLeavesOnlyItsNameToTheBrowser() async throws {
        let app = try app { $0.pushedRequests = .always }
        let begun = await app.begin()
        #expect(begun.location == "https://op.example/authorize?client_id=web-app&request_uri=urn%3Aop%3A1")
        let sent = try pushed(app)
        #expect(sent["response_type"] == "code")
        #expect(sent["redirect_uri"] == "https://app.example/callback")
        #expect(sent["code_challenge_method"] == "S256")
        app.provider.remember(nonce: sent["nonce"] ?? "")
        let reply = await app.get("/callback?code=c0de&state=\(sent["state"] ?? "")", cookie: begun.cookie)
        #expect(reply.beginsSession)
    }

    @Test(arguments: [
        (ClientAssertion.Audience.issuer, OddProvider.issuer), (.tokenEndpoint, OddProvider.issuer + "/token"),
        (.endpoint, "https://op.example/par"),
    ])
    func theAssertionOfAPushedRequestIsForTheAudienceThatWasSet(
        _ audience: ClientAssertion.Audience, named: String
    ) async throws {
        let app = try app {
            $0.clientCredential = .privateKeyJWT(ClientAssertion(audience: audience))
            $0.pushedRequests = .always
        }
        #expect(await app.begin().reply.status == 303)
        let (_, claims) = try AssertionSent.parts(try #require(try pushed(app)["client_assertion"]))
        #expect(claims["aud"]?.stringValue == named)
    }

    @Test func itIsPushedWhereTheProviderDemandsItAndElseNot() async throws {
        let demanding = try app(demanding: "require_pushed_authorization_requests")
        #expect(await demanding.begin().parameter("request_uri") == "urn:op:1")
        let offering = try app()
        #expect(await offering.begin().parameter("request_uri") == nil)
        #expect(offering.provider.count("/par") == 0)
    }

    @Test func aProviderThatDemandsWhatSettingsRuleOutIsRefused() async throws {
        let off = try app(demanding: "require_pushed_authorization_requests") { $0.pushedRequests = .never }
        #expect(await off.begin().reply.status == 500)
        #expect(off.diagnosis.contains("LOGIN_PAR=off"))
        let keyless = try app(demanding: "require_signed_request_object") { $0.clientKeys = nil }
        #expect(await keyless.begin().reply.status == 500)
        #expect(keyless.diagnosis.contains("LOGIN_CLIENT_KEY"))
        let missing = try OddApp(configure: { $0.pushedRequests = .always })
        #expect(await missing.begin().reply.status == 500)
        #expect(missing.diagnosis.contains("pushed_authorization_request_endpoint"))
    }

    @Test(arguments: [
        (TransportResponse.json(#"{"error":"invalid_request"}"#, status: 400), 502),
        (.json(#"{"error":"temporarily_unavailable"}"#, status: 503), 503), (.json("{}", status: 201), 502),
        (.json(#"{"error":"invalid_grant"}"#, status: 400), 502), (TransportResponse(status: 404), 502),
    ])
    func aRefusedPushIsAPageAndNoLogin(_ answer: TransportResponse, status: Int) async throws {
        let app = try app(answering: answer) { $0.pushedRequests = .always }
        let begun = await app.begin()
        #expect(begun.reply.status == status)
        #expect(begun.cookie.isEmpty)
        #expect(app.events.refusals == ["pushed_request_failed"])
        #expect(app.provider.count("/par") == 1)
    }

    @Test func aSignedRequestSaysEverythingInside() async throws {
        let app = try app {
            $0.signedRequests = .always
            $0.maxAge = .seconds(600)
            $0.resources = ["https://a.example/", "urn:b"]
        }
        let begun = await app.begin()
        #expect(begun.parameter("client_id") == "web-app")
        #expect(begun.parameter("response_type") == "code")
        #expect(begun.parameter("scope") == "openid profile email")
        #expect(begun.parameter("state") == nil)
        #expect(begun.parameter("redirect_uri") == nil)
        let (header, claims) = try AssertionSent.parts(try #require(begun.parameter("request")))
        #expect(header["typ"] == "oauth-authz-req+jwt")
        #expect(claims["iss"] == "web-app")
        #expect(claims["aud"]?.stringValue == OddProvider.issuer)
        #expect(claims["max_age"] == 600)
        #expect(claims["resource"] == ["https://a.example/", "urn:b"])
        #expect(claims["client_id"] == "web-app")
        #expect(claims["sub"] == nil)
        let (nbf, exp) = (claims["nbf"]?.intValue ?? 0, claims["exp"]?.intValue ?? 0)
        #expect(exp - nbf == 300)
        app.provider.remember(nonce: claims["nonce"]?.stringValue ?? "")
        let state = claims["state"]?.stringValue ?? ""
        let second = await app.get("/callback?code=c0de&state=\(state)", cookie: begun.cookie)
        // The stock token has no auth_time, which max_age demands.
        #expect(!second.beginsSession)
        #expect(app.events.refusals == ["id_token_refused"])
    }

    struct Offer: CustomTestStringConvertible, Sendable {
        var parameter: JSONValue?
        var algorithms: JSONValue?
        var pushed = RequestSending.automatic
        let status: Int

        var testDescription: String {
            "\(parameter.map { "\($0)" } ?? "no flag"), \(algorithms.map { "\($0)" } ?? "no list"), pushed: \(pushed)"
        }
    }

    static let offers = [
        Offer(status: 500), Offer(parameter: false, status: 500), Offer(parameter: nil, algorithms: [], status: 500),
        Offer(parameter: "true", status: 500), Offer(parameter: false, algorithms: ["ES256"], status: 500),
        Offer(pushed: .always, status: 500), Offer(parameter: true, status: 303),
        Offer(algorithms: ["ES256"], status: 303),
        Offer(parameter: false, algorithms: ["ES256"], pushed: .always, status: 303),
    ]

    @Test(arguments: offers)
    func nobodyIsSentAwayWithASignedRequestThatTheProviderDoesNotOfferToTake(_ offer: Offer) async throws {
        let app = try OddApp(
            bend: {
                $0.keys = ["/par": Self.taken]
                $0.metadata = { metadata in
                    metadata["pushed_authorization_request_endpoint"] = Self.par
                    metadata["request_parameter_supported"] = offer.parameter
                    metadata["request_object_signing_alg_values_supported"] = offer.algorithms
                }
            },
            configure: {
                $0.clientKeys = ClientKeyRing(ClientKeys(try ClientCredentialTests.key.get()))
                ($0.signedRequests, $0.pushedRequests) = (.always, offer.pushed)
            })
        #expect(await app.begin().reply.status == offer.status)
        #expect(app.events.refusals == (offer.status == 500 ? ["provider_demand_unmet"] : []))
        guard offer.status == 500 else { return }
        #expect(app.diagnosis.contains("'request_parameter_supported'"))
        #expect(app.diagnosis.contains("LOGIN_JAR"))
        #expect(app.provider.count("/par") == 0)
    }

    @Test func aSignedRequestIsPushedAlone() async throws {
        let app = try app {
            ($0.signedRequests, $0.pushedRequests) = (.always, .always)
        }
        let begun = await app.begin()
        #expect(begun.location == "https://op.example/authorize?client_id=web-app&request_uri=urn%3Aop%3A1")
        let sent = try pushed(app)
        #expect(sent.names.sorted() == ["client_id", "request"])
    }

    @Test func aRequestTooLongForAURLFitsAPush() async throws {
        struct Long: LoginHooks {
            func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
                try request.addExtra("note", value: String(repeating: "n", count: 20_000))
            }
            func decide(_ login: CompletedLogin) async throws -> LoginDecision { .allow }
        }
        let plain = try app(hooks: Long())
        #expect(await plain.begin().reply.status == 500)
        #expect(plain.events.refusals == ["authorization_request_invalid"])
        let pushing = try app(hooks: Long()) { $0.pushedRequests = .always }
        #expect(await pushing.begin().reply.status == 303)
    }

    @Test func theResourcesAreNamedAgainForTokensAndRefresh() async throws {
        let app = try OddApp(configure: { $0.resources = ["https://a.example/", "urn:b"] })
        let begun = await app.begin()
        #expect(begun.location.contains("resource=https%3A%2F%2Fa.example%2F&resource=urn%3Ab"))
        let session = try #require(await app.session(await app.comeBack(begun)))
        let wanted = "resource=https%3A%2F%2Fa.example%2F&resource=urn%3Ab"
        #expect(app.provider.lastTokenForm.contains(wanted))
        app.clock.advance(seconds: 700)
        _ = try? await app.flow.accessTokens(of: session).accessToken()
        #expect(app.provider.lastTokenForm.contains("grant_type=refresh_token"))
        #expect(app.provider.lastTokenForm.contains(wanted))
    }

    @Test func grantedAuthorizationDetailsReachTheHook() async throws {
        struct Payment: LoginHooks {
            func prepare(_ request: inout AuthorizationRequest, for visit: LoginVisit) async throws {
                request.authorizationDetails = [["type": "payment", "amount": "10"]]
            }
            func decide(_ login: CompletedLogin) async throws -> LoginDecision {
                .allowAdding(["granted": .array(login.authorizationDetails.map { .object($0) })])
            }
        }
        let app = try OddApp(
            hooks: Payment(),
            bend: { $0.tokens = { $0["authorization_details"] = [["type": "payment", "amount": "5"]] } })
        let begun = await app.begin()
        #expect(begun.parameter("authorization_details") == #"[{"type":"payment","amount":"10"}]"#)
        let session = try #require(await app.session(await app.comeBack(begun)))
        #expect(session.additions["granted"] == [["type": "payment", "amount": "5"]])
    }
}

private struct FormFields {
    let fields: [FormField]

    var names: [String] { fields.map(\.name) }
    subscript(name: String) -> String? { fields.onlyValue(named: name) }
}
