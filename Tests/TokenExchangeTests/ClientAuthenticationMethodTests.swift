import OAuthTypes
import TestSupport
import Testing
import TokenExchange

struct SecretMethodTests {
    private func provider(listing methods: [String]?) throws -> ProviderMetadata {
        var provider = try ProviderMetadata(
            issuer: Issuer("https://login.example"),
            authorizationEndpoint: EndpointURL("https://login.example/authorize"),
            tokenEndpoint: EndpointURL("https://login.example/token"),
            jwksURI: EndpointURL("https://login.example/jwks"))
        provider.tokenEndpointAuthMethodsSupported = methods
        return provider
    }

    @Test(
        arguments: [
            (nil, .clientSecretBasic), (["client_secret_basic"], .clientSecretBasic),
            (["client_secret_post", "client_secret_basic"], .clientSecretBasic),
            (["client_secret_post"], .clientSecretPost),
            (["private_key_jwt", "client_secret_post"], .clientSecretPost), ([], .clientSecretPost),
            (["private_key_jwt"], .clientSecretPost),
        ] as [([String]?, ClientAuthenticationMethod)])
    func followsTheMetadata(_ listed: [String]?, expected: ClientAuthenticationMethod) throws {
        let method = try ClientAuthenticationMethod(
            for: provider(listing: listed), client: ClientID("shop"), secret: ClientSecret("aZ0-._~"))
        #expect(method == expected)
    }

    @Test(arguments: [" ", "+", "%", ":", "/", "=", "*", "é", "\""], [true, false])
    func prefersTheFormForWhatProvidersDecodeInDifferentWays(_ odd: String, isInSecret: Bool) throws {
        let client = try ClientID(isInSecret || odd == "é" ? "shop" : "shop" + odd)
        let secret = ClientSecret(isInSecret || odd == "é" ? "s" + odd : "s")
        let both = ["client_secret_basic", "client_secret_post"]
        #expect(
            ClientAuthenticationMethod(for: try provider(listing: both), client: client, secret: secret)
                == .clientSecretPost)
        for listed in [nil, ["client_secret_basic"]] {
            #expect(
                ClientAuthenticationMethod(for: try provider(listing: listed), client: client, secret: secret)
                    == .clientSecretBasic
            )
        }
    }

    @Test(
        arguments: [
            (nil, [.clientSecretBasic]), ([], []), (["private_key_jwt"], []),
            (["client_secret_post", "none"], [.clientSecretPost]),
            (["client_secret_post", "client_secret_basic"], [.clientSecretBasic, .clientSecretPost]),
        ] as [([String]?, Set<ClientAuthenticationMethod>)])
    func tellsWhatAProviderOffers(_ listed: [String]?, expected: Set<ClientAuthenticationMethod>) throws {
        #expect(ClientAuthenticationMethod.offered(by: try provider(listing: listed)) == expected)
    }

    @Test func servesTheEndpointOfADiscoveredProvider() async throws {
        let transport = ScriptedTransport(.json(TokenFixture.success))
        let endpoint = try TokenEndpoint(
            of: provider(listing: ["client_secret_post"]), client: ClientID("shop"), secret: ClientSecret("s"),
            transport: transport, clock: ManualClock().wall)
        _ = try await endpoint.requestTokens(for: TokenFixture.grant())
        #expect(try TokenFixture.form(#require(transport.requests.first))["client_secret"] == "s")
    }
}
