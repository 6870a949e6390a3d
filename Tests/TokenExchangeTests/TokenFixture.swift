import OAuthTypes
import TestSupport
import TokenExchange
import WireFormats

/// A token endpoint as most tests need it.
enum TokenFixture {
    static let success = #"{"access_token":"at","token_type":"Bearer","expires_in":3600,"id_token":"a.b.c"}"#

    static func endpoint(
        _ transport: some HTTPTransport,
        authentication: any ClientAuthentication = .clientSecretBasic(ClientSecret("pa ss")),
        client: String = "shop", clock: ManualClock = ManualClock()
    ) throws -> TokenEndpoint {
        try TokenEndpoint(
            url: EndpointURL("https://login.example/token"), issuer: Issuer("https://login.example"),
            client: ClientID(client), authentication: authentication, transport: transport, clock: clock.wall)
    }

    static func grant(clientID: String = "shop", issuer: String = "https://login.example") throws
        -> AuthorizationCodeGrant
    {
        try AuthorizationCodeGrant(
            uncheckedCode: AuthorizationCode("c0de+/="), codeVerifier: CodeVerifier("verifier"),
            redirectURI: EndpointURL("https://app.example/callback"), issuer: Issuer(issuer),
            clientID: ClientID(clientID))
    }

    /// Requests tokens for a grant at an endpoint that answers with `response`; the error, if that fails.
    static func refusal(of response: TransportResponse) async throws -> TokenEndpointError? {
        let endpoint = try endpoint(ScriptedTransport(response))
        do {
            _ = try await endpoint.requestTokens(for: grant())
            return nil
        } catch let error as TokenEndpointError {
            return error
        }
    }

    static func tokens(_ body: String) async throws -> TokenSet {
        try await endpoint(ScriptedTransport(.json(body))).requestTokens(for: grant())
    }

    static func form(_ request: TransportRequest) throws -> [String: String] {
        let fields = try FormEncoding.decode(request.body)
        return Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first + " TWICE" }
    }
}
