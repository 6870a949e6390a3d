import OAuthTypes
import TestSupport
import Testing
import TokenExchange

@Suite struct PushedAuthorizationRequestTests {
    static let parameters = [
        (name: "response_type", value: "code"), (name: "client_id", value: "shop"),
        (name: "resource", value: "https://a.example/"), (name: "resource", value: "https://b.example/"),
    ]

    @Test func postsTheParametersWithTheClientsCredentials() async throws {
        let transport = ScriptedTransport(.json(#"{"request_uri":"urn:x:1","expires_in":60}"#, status: 201))
        let endpoint = try TokenFixture.endpoint(transport)
        let pushed = try await endpoint.push(Self.parameters, to: EndpointURL("https://login.example/par"))
        #expect(pushed.requestURI == "urn:x:1")
        #expect(pushed.deviations == [])
        let request = try #require(transport.requests.first)
        #expect(request.url.text == "https://login.example/par")
        #expect(request.replay == .never)
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(body.contains("resource=https%3A%2F%2Fa.example%2F&resource=https%3A%2F%2Fb.example%2F"))
        #expect(body.split(separator: "&").count { $0.hasPrefix("client_id=") } == 1)
        #expect("\(pushed)" == "PushedAuthorizationRequest")
    }

    /// Methods that name the client in the form met the client ID of the request there.
    @Test func theClientIsNamedOnceWhateverTheMethod() async throws {
        let methods: [any ClientAuthentication] = [
            .clientSecretBasic(ClientSecret("s")), .clientSecretPost(ClientSecret("s")), .clientIDOnly,
        ]
        for method in methods {
            let transport = ScriptedTransport(.json(#"{"request_uri":"urn:x:1","expires_in":60}"#, status: 201))
            let endpoint = try TokenFixture.endpoint(transport, authentication: method)
            _ = try await endpoint.push(Self.parameters, to: EndpointURL("https://login.example/par"))
            let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
            #expect(body.split(separator: "&").count { $0.hasPrefix("client_id=") } == 1)
        }
    }

    @Test func aSuccessWith200IsADeviation() async throws {
        let transport = ScriptedTransport(.json(#"{"request_uri":"urn:x:1","expires_in":"60"}"#))
        let pushed = try await TokenFixture.endpoint(transport).push([], to: EndpointURL("https://login.example/par"))
        #expect(pushed.deviations.count == 2)
        #expect(pushed.expiresAt != nil)
    }

    @Test(arguments: [
        #"{"expires_in":60}"#, #"{"request_uri":""}"#, #"{"request_uri":1}"#, #"{"request_uri":"a b"}"#,
        #"{"request_uri":"ü"}"#, "[]", "",
        #"{"request_uri":""# + String(repeating: "x", count: 2_049) + #""}"#,
    ])
    func anAnswerWithoutAUsableNameIsRefused(_ body: String) async throws {
        let endpoint = try TokenFixture.endpoint(ScriptedTransport(.json(body, status: 201)))
        await #expect { try await endpoint.push([], to: EndpointURL("https://login.example/par")) } throws: {
            ($0 as? TokenEndpointError)?.code == "token_malformed"
        }
    }

    @Test(arguments: [302, 307, 308]) func followsNoRedirect(_ status: Int) async throws {
        let transport = ScriptedTransport(
            .json("{}", status: status, fields: [("Location", "https://evil.example/par")]))
        let endpoint = try TokenFixture.endpoint(transport)
        await #expect {
            try await endpoint.push(Self.parameters, to: EndpointURL("https://login.example/par"))
        } throws: {
            ($0 as? TokenEndpointError)?.code == "token_redirected"
        }
        #expect(transport.requests.count == 1)
    }

    @Test func anErrorIsTheProvidersWithoutTheRequestsSecrets() async throws {
        let answer = #"{"error":"invalid_request","error_description":"bad nonce sEcReT-nonce"}"#
        let endpoint = try TokenFixture.endpoint(ScriptedTransport(.json(answer, status: 400)))
        await #expect {
            try await endpoint.push([("nonce", "sEcReT-nonce")], to: EndpointURL("https://login.example/par"))
        } throws: { error in
            guard case .rejected(let response, 400) = error as? TokenEndpointError else { return false }
            return response.error == "invalid_request" && response.errorDescription == "bad nonce [...]"
        }
    }
}
