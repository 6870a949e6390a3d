import OAuthTypes
import TestSupport
import Testing
import TokenExchange

struct TokenEndpointTests {
    @Test func sendsTheGrantOnceAndNeverInTheURL() async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success))
        let tokens = try await TokenFixture.endpoint(transport).requestTokens(for: TokenFixture.grant())
        #expect(tokens.accessToken?.exposedText == "at")
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url.text == "https://login.example/token")
        #expect(request.replay == .never)
        #expect(request.fields.values(named: "Content-Type") == ["application/x-www-form-urlencoded"])
        #expect(request.fields.values(named: "Accept") == ["application/json"])
        #expect(request.fields.values(named: "Accept-Encoding") == ["identity"])
        #expect(
            try TokenFixture.form(request) == [
                "grant_type": "authorization_code", "code": "c0de+/=", "redirect_uri": "https://app.example/callback",
                "code_verifier": "verifier",
            ])
    }

    @Test func sendsNothingForAnotherClientsGrant() async throws {
        let endpoint = try TokenFixture.endpoint(UnreachableTransport())
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant(clientID: "other")) } throws: {
            ($0 as? TokenEndpointError)?.code == "token_foreign_grant"
        }
        await #expect {
            try await endpoint.requestTokens(for: TokenFixture.grant(issuer: "https://login.example/"))
        } throws: {
            ($0 as? TokenEndpointError)?.code == "token_foreign_grant"
        }
    }

    @Test(arguments: [
        TransportError(.connectionLost, sent: .maybe), TransportError(.timedOut, sent: .maybe),
        TransportError(.bodyTooLarge, sent: .maybe), TransportError(.protocolViolation, sent: .maybe),
        TransportError(.connectionFailed, sent: .nothing), TransportError(.tls, sent: .nothing),
    ])
    func neverSendsACodeTwice(_ failure: TransportError) async throws {
        let transport = ScriptedTransport([.failure(failure), .success(.json(TokenFixture.success))])
        let endpoint = try TokenFixture.endpoint(transport)
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: { error in
            guard case .transport(let reported) = error as? TokenEndpointError else { return false }
            return reported == failure
        }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [301, 302, 303, 307, 308, 300, 304])
    func neverFollowsARedirect(_ status: Int) async throws {
        let transport = ScriptedTransport(
            .json(
                TokenFixture.success, status: status,
                fields: [("Location", "https://evil.example/next?code=c0de#verifier")]))
        let endpoint = try TokenFixture.endpoint(transport)
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: { error in
            guard case .redirected(status, "https://evil.example/next") = error as? TokenEndpointError else {
                return false
            }
            return true
        }
        #expect(transport.requests.count == 1)
    }

    @Test func boundsTheExchange() async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success))
        _ = try await TokenFixture.endpoint(transport).requestTokens(for: TokenFixture.grant())
        #expect(
            transport.limits == [
                TransportLimits(connect: .seconds(5), total: .seconds(10), maximumBodyOctets: 1_048_576)
            ])
    }

    @Test func refreshesForTheWantedTarget() async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success), .json(TokenFixture.success))
        let endpoint = try TokenFixture.endpoint(transport)
        _ = try await endpoint.refresh(RefreshToken("r1"), for: TokenTarget())
        _ = try await endpoint.refresh(RefreshToken("r2"), for: TokenTarget(audience: "api", scope: Scope("a b")))
        #expect(try TokenFixture.form(transport.requests[0]) == ["grant_type": "refresh_token", "refresh_token": "r1"])
        #expect(
            try TokenFixture.form(transport.requests[1]) == [
                "grant_type": "refresh_token", "refresh_token": "r2", "scope": "a b", "audience": "api",
            ])
        #expect(transport.requests.allSatisfy { $0.replay == .never })
    }

    @Test(arguments: [200, 204]) func revokesAtTheRevocationEndpoint(_ status: Int) async throws {
        let transport = ScriptedTransport(TransportResponse(status: status))
        let endpoint = try TokenFixture.endpoint(transport)
        try await endpoint.revoke(RefreshToken("r1"), at: EndpointURL("https://login.example/revoke"))
        let request = try #require(transport.requests.first)
        #expect(request.url.text == "https://login.example/revoke")
        #expect(try TokenFixture.form(request) == ["token": "r1", "token_type_hint": "refresh_token"])
        #expect(request.fields.onlyValue(named: "Authorization") != nil)
    }

    @Test(arguments: [
        (TransportResponse.json(#"{"error":"invalid_client"}"#, status: 401), "token_rejected"),
        (TransportResponse(status: 503), "token_status"), (TransportResponse(status: 302), "token_redirected"),
    ])
    func reportsAFailedRevocation(_ response: TransportResponse, code: String) async throws {
        let endpoint = try TokenFixture.endpoint(ScriptedTransport(response))
        await #expect {
            try await endpoint.revoke(RefreshToken("r1"), at: EndpointURL("https://login.example/revoke"))
        } throws: {
            ($0 as? TokenEndpointError)?.code == code
        }
    }
}
