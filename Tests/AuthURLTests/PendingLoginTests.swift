import AuthURL
import OAuthTypes
import Testing

struct PendingLoginTests {
    /// Judges the callback `query` of a fresh login, `%STATE%` standing for its state, and returns the refusal.
    private func refusal(
        of query: String, after seconds: Int64 = 5, expectingIss: Bool = false
    ) throws -> AuthorizationResponseValidationError? {
        var provider = try LoginFixture.provider()
        provider.authorizationResponseIssParameterSupported = expectingIss
        let login = try LoginFixture.start(at: provider)
        let parts = query.split(separator: "%STATE%", omittingEmptySubsequences: false)
        let callback = try AuthorizationResponse(query: parts.joined(separator: login.state))
        do throws(AuthorizationResponseValidationError) {
            _ = try login.pending.judge(callback, at: LoginFixture.now.adding(seconds: seconds))
            return nil
        } catch {
            return error
        }
    }

    @Test func handsOverTheCodeWithAllThatBindsIt() throws {
        let login = try LoginFixture.start()
        let callback = try AuthorizationResponse(query: "code=abc%2F123&state=\(login.state)")
        let grant = try login.pending.judge(callback, at: LoginFixture.now)
        #expect(grant.code.exposedText == "abc/123")
        #expect(grant.codeVerifier?.exposedText == login.pending.codeVerifier.exposedText)
        #expect(grant.redirectURI.text == "https://app.example/callback")
        #expect(grant.issuer.text == "https://login.example")
        #expect(grant.clientID.text == "shop")
    }

    @Test(arguments: ["code=x", "code=x&state=", ""])
    func refusesCallbacksWithoutState(_ query: String) throws {
        #expect(try refusal(of: query) == .missingState)
    }

    @Test func tellsAnErrorWithoutStateFromACallbackThatHoldsNothing() throws {
        let error = OAuthErrorResponse(error: "access_denied", errorDescription: "no")
        #expect(try refusal(of: "error=access_denied&error_description=no") == .errorWithoutState(error))
        #expect(try refusal(of: "error=access_denied&error_description=no&state=") == .errorWithoutState(error))
    }

    @Test(arguments: [
        "code=x&state=other", "code=x&state=%STATE%x", "code=x&state=%00%STATE%", "error=access_denied&state=other",
        "code=x&state=other&iss=https%3A%2F%2Fevil.example",
    ])
    func refusesTheStateOfAnotherLogin(_ query: String) throws {
        #expect(try refusal(of: query) == .stateMismatch)
    }

    @Test func refusesTheStateOfAnotherBrowser() throws {
        let attacker = try LoginFixture.start()
        let victim = try LoginFixture.start()
        let callback = try AuthorizationResponse(query: "code=x&state=\(attacker.state)")
        #expect(throws: AuthorizationResponseValidationError.stateMismatch) { () throws in
            _ = try victim.pending.judge(callback, at: LoginFixture.now)
        }
    }

    @Test(arguments: [
        (601, true), (600, false), (0, false), (-60, false), (-61, true), (-86_400, true), (Int64.max, true),
    ])
    func expiresAfterTenMinutesAndNeverLivesOnUnderAClockSetBack(_ seconds: Int64, isExpired: Bool) throws {
        #expect(try refusal(of: "code=x&state=%STATE%", after: seconds) == (isExpired ? .expired : nil))
    }

    @Test func comparesTheIssuerEvenIfItIsNotAnnounced() throws {
        let expected = try Issuer("https://login.example")
        let mismatch = AuthorizationResponseValidationError.issuerMismatch(expected: expected)
        for other in [
            "https%3A%2F%2Fevil.example", "https%3A%2F%2Flogin.example%2F", "", "https%253A%252F%252Flogin.example",
        ] {
            #expect(try refusal(of: "code=x&state=%STATE%&iss=\(other)") == mismatch, "\(other)")
            #expect(try refusal(of: "error=access_denied&state=%STATE%&iss=\(other)") == mismatch, "\(other)")
        }
        #expect(try refusal(of: "code=x&state=%STATE%&iss=https%3A%2F%2Flogin.example") == nil)
    }

    @Test func demandsThePromisedIssuerExceptBesideAnError() throws {
        let expected = try Issuer("https://login.example")
        #expect(
            try refusal(of: "code=x&state=%STATE%", expectingIss: true) == .issuerMissing(expected: expected))
        #expect(
            try refusal(of: "error=access_denied&state=%STATE%", expectingIss: true)
                == .provider(OAuthErrorResponse(error: "access_denied")))
    }

    @Test(arguments: ["login_required", "interaction_required", "access_denied", "consent_required", "server_error"])
    func reportsTheProvidersErrors(_ code: String) throws {
        #expect(
            try refusal(of: "state=%STATE%&error=\(code)") == .provider(OAuthErrorResponse(error: code)))
    }

    @Test(arguments: ["code=x&error=access_denied&state=%STATE%", "code=x&error=&state=%STATE%"])
    func takesCodeAndErrorTogetherForAnError(_ query: String) throws {
        let refusal = try refusal(of: query)
        #expect(refusal?.code == "callback_provider_error")
    }

    @Test func boundsTheCode() throws {
        let longest = String(repeating: "c", count: 4096)
        #expect(try refusal(of: "state=%STATE%&code=\(longest)") == nil)
        #expect(try refusal(of: "state=%STATE%&code=\(longest)c") == .codeTooLong)
        #expect(try refusal(of: "state=%STATE%&code=") == .missingCode)
        #expect(try refusal(of: "state=%STATE%") == .missingCode)
        #expect(try refusal(of: "state=%STATE%&code=a%0D%0Ab") == .malformed(.code))
    }

    @Test func namesItsCookieAfterTheState() throws {
        let first = PendingLogin.cookieTag(forState: "a")
        #expect(first == PendingLogin.cookieTag(forState: "a"))
        #expect(first != PendingLogin.cookieTag(forState: "b"))
        #expect(first.utf8.count == 12)
    }

    @Test func namesEveryRefusalOnceAndWithoutContent() throws {
        let issuer = try Issuer("https://login.example")
        let refusals: [AuthorizationResponseValidationError] = [
            .malformed(.tooLong), .duplicateParameter("state"), .missingState, .stateMismatch, .expired,
            .errorWithoutState(OAuthErrorResponse(error: "access_denied", errorDescription: "s3cret")),
            .issuerMismatch(expected: issuer), .issuerMissing(expected: issuer),
            .provider(OAuthErrorResponse(error: "access_denied", errorDescription: "s3cret")), .missingCode,
            .codeTooLong,
        ]
        #expect(Set(refusals.map(\.code)).count == refusals.count)
        #expect(refusals.allSatisfy { !$0.description.contains("s3cret") })
    }
}
