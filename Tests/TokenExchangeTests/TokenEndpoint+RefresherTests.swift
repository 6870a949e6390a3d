import OAuthTypes
import TestSupport
import Testing
import TokenExchange

struct TokenEndpointRefresherTests {
    enum Meaning: String, Sendable { case rejected, unexplained, notSent, outcomeUnknown, invalidResponse, unusable }

    private func meaning(of answer: Result<TransportResponse, TransportError>) async throws -> Meaning? {
        let transport = ScriptedTransport([answer])
        let endpoint = try TokenFixture.endpoint(transport)
        defer { #expect(transport.requests.count == 1) }
        do throws(TokenEndpointError) {
            _ = try await endpoint.refresh(RefreshToken("r1"), for: TokenTarget())
            return nil
        } catch {
            return switch RefreshConsequence(error) {
            case .rejected: .rejected
            case .unexplained: .unexplained
            case .unusable: .unusable
            case .notSent: .notSent
            case .outcomeUnknown: .outcomeUnknown
            case .invalidResponse: .invalidResponse
            }
        }
    }

    @Test(arguments: [
        (TransportError(.unknownHost, sent: .nothing), Meaning.notSent),
        (TransportError(.timedOut, sent: .nothing), .notSent),
        (TransportError(.timedOut, sent: .maybe), .outcomeUnknown),
        (TransportError(.connectionLost, sent: .maybe), .outcomeUnknown),
        (TransportError(.bodyTooLarge, sent: .maybe), .outcomeUnknown),
        (TransportError(.cancelled, sent: .nothing), .notSent),
        (TransportError(.cancelled, sent: .maybe), .outcomeUnknown),
    ])
    func tellsWhetherTheTokenMayHaveBeenReplaced(_ failure: TransportError, expected: Meaning) async throws {
        #expect(try await meaning(of: .failure(failure)) == expected)
    }

    @Test(arguments: [
        (TransportResponse.json(#"{"error":"invalid_grant"}"#, status: 400), Meaning.rejected),
        (.json(#"{"error":"temporarily_unavailable"}"#, status: 503), .rejected),
        (.json(#"{"error":"invalid_grant"}"#, status: 200), .rejected),
        (.json("<html>", status: 503, type: "text/html"), .outcomeUnknown),
        (.json("<html>", status: 404, type: "text/html"), .unexplained),
        (TransportResponse(status: 400), .unexplained),
        (.json(#"{"access_token":7,"token_type":"Bearer"}"#), .unusable),
        (.json("{}", status: 302), .invalidResponse), (.json("<html>", type: "text/html"), .invalidResponse),
        (.json(#"{"access_token":"a","token_type":"mac"}"#), .unusable),
    ])
    func tellsWhatAnAnswerMeans(_ response: TransportResponse, expected: Meaning) async throws {
        #expect(try await meaning(of: .success(response)) == expected)
    }

    @Test func keepsTheRejectionsCode() async throws {
        let endpoint = try TokenFixture.endpoint(ScriptedTransport(.json(#"{"error":"invalid_grant"}"#, status: 400)))
        await #expect {
            try await endpoint.refresh(RefreshToken("r1"), for: TokenTarget())
        } throws: { error in
            guard case .rejected(let response, _) = error as? TokenEndpointError else { return false }
            return response.error == "invalid_grant"
        }
    }

    @Test func leavesTheRefreshTokenOutWhenNoneCame() async throws {
        let endpoint = try TokenFixture.endpoint(ScriptedTransport(.json(TokenFixture.success)))
        let tokens = try await endpoint.refresh(RefreshToken("r1"), for: TokenTarget())
        #expect(tokens.refreshToken == nil)
    }

    @Test func sendsNothingWhenClientAuthenticationFails() async throws {
        let endpoint = try TokenFixture.endpoint(
            UnreachableTransport(), authentication: ClientSecretBasic(ClientSecret("s"), encoding: .unencoded),
            client: "a:b")
        await #expect {
            try await endpoint.refresh(RefreshToken("r1"), for: TokenTarget())
        } throws: { error in
            guard let error = error as? TokenEndpointError, case .notSent = RefreshConsequence(error) else {
                return false
            }
            return true
        }
    }
}
