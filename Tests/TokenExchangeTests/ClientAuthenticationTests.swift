import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

struct ClientAuthenticationTests {
    private func request(authentication: any ClientAuthentication, client: String = "shop") async throws
        -> TransportRequest
    {
        let transport = ScriptedTransport(.json(TokenFixture.success))
        let endpoint = try TokenFixture.endpoint(transport, authentication: authentication, client: client)
        _ = try await endpoint.requestTokens(for: TokenFixture.grant(clientID: client))
        return try #require(transport.requests.first)
    }

    private func credentials(_ request: TransportRequest) throws -> String {
        let value = try #require(request.fields.onlyValue(named: "Authorization"))
        #expect(value.hasPrefix("Basic "))
        return String(decoding: try #require(Base64.decode(String(value.dropFirst(6)))), as: UTF8.self)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a:b", "a%3Ab"), ("100%", "100%25"), ("a+b", "a%2Bb"), ("a b", "a%20b"), ("é", "%C3%A9"),
        ("\"q\"", "%22q%22"), ("'", "%27"), ("a&b=c", "a%26b%3Dc"), ("/", "%2F"), ("?", "%3F"), ("#", "%23"),
        ("\\", "%5C"),
        ("~", "~"), ("%7E", "%257E"), ("a+ b", "a%2B%20b"), ("*-._", "*-._"), ("%3A", "%253A"), ("漢", "%E6%BC%A2"),
        ("a\nb", "a%0Ab"), ("", ""),
        ("🙂", "%F0%9F%99%82"),
    ])
    func encodesTheSecretBeforeBase64AndNeverWithAPlus(_ secret: String, encoded: String) async throws {
        let request = try await request(authentication: .clientSecretBasic(ClientSecret(secret)))
        #expect(try credentials(request) == "shop:\(encoded)")
    }

    @Test func formEncodesTheClientIDToo() async throws {
        let request = try await request(authentication: .clientSecretBasic(ClientSecret("s")), client: "https://app/ x")
        #expect(try credentials(request) == "https%3A%2F%2Fapp%2F%20x:s")
    }

    @Test func leavesThemAsTheyAreForServersThatDoNotDecode() async throws {
        let authentication = ClientSecretBasic(ClientSecret("a:b %"), encoding: .unencoded)
        #expect(try credentials(await request(authentication: authentication, client: "a/b")) == "a/b:a:b %")
    }

    @Test func keepsTheSecretOutOfTheFormWithBasic() async throws {
        let request = try await request(authentication: .clientSecretBasic(ClientSecret("s3cret")))
        #expect(try TokenFixture.form(request)["client_secret"] == nil)
        #expect(!request.url.text.contains("s3cret"))
    }

    @Test func keepsTheSecretInTheFormAloneWithPost() async throws {
        let request = try await request(authentication: .clientSecretPost(ClientSecret("s3 cret&")))
        let form = try TokenFixture.form(request)
        #expect(form["client_id"] == "shop")
        #expect(form["client_secret"] == "s3 cret&")
        #expect(request.fields.values(named: "Authorization").isEmpty)
        #expect(!request.url.text.contains("s3"))
    }

    private struct Both: ClientAuthentication {
        func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws {
            try await ClientSecretBasic(ClientSecret("s")).authenticate(&request, as: client, at: endpoint)
            await ClientSecretPost(ClientSecret("s")).authenticate(&request, as: client, at: endpoint)
        }
    }

    private struct Repeating: ClientAuthentication {
        func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws {
            request.parameters.append(("code", "another"))
        }
    }

    @Test(arguments: [Both(), Repeating()] as [any ClientAuthentication])
    func sendsNothingThatAuthenticatesTwice(_ authentication: any ClientAuthentication) async throws {
        let endpoint = try TokenFixture.endpoint(UnreachableTransport(), authentication: authentication)
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: {
            ($0 as? TokenEndpointError)?.code == "token_client_authentication"
        }
    }

    @Test func printsNoSecret() async throws {
        var request = TokenRequest(parameters: [("code", "c0de")])
        let client = try ClientID("shop")
        let endpoint = try EndpointURL("https://login.example/token")
        await ClientSecretPost(ClientSecret("s3cret")).authenticate(&request, as: client, at: endpoint)
        var shown = "\(request) \(String(reflecting: request))"
        dump(request, to: &shown)
        dump(ClientSecretPost(ClientSecret("s3cret")), to: &shown)
        dump(ClientSecretBasic(ClientSecret("s3cret")), to: &shown)
        #expect(!shown.contains("s3cret") && !shown.contains("c0de"))
    }
}
