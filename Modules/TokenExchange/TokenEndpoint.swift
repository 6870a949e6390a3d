public import OAuthTypes

/// The provider's token endpoint for one client: requests tokens, refreshes, revokes, and pushes authorization requests (RFC
/// 6749 §3.2, RFC 7009, RFC 9126).
///
/// Every call sends at most one request and never repeats it: a code or a refresh token sent twice may cost the user
/// all tokens. Redirects are not followed. `TokenEndpointError.transport` says whether a failed request may have
/// arrived.
public struct TokenEndpoint: Sendable {
    private let url: EndpointURL
    private let issuer: Issuer
    private let client: ClientID
    private let authentication: any ClientAuthentication
    private let transport: any HTTPTransport
    let clock: WallClock
    private let limits: TransportLimits

    /// The endpoint at `url`; nothing is sent yet.
    /// - Parameters:
    ///   - url: from the metadata.
    ///   - issuer: the issuer of the endpoint; grants of other issuers are refused.
    ///   - client: the client; grants of other clients are refused.
    ///   - authentication: the client authentication; ``ClientAuthenticationMethod/init(for:client:secret:)``
    ///     chooses a method from the metadata.
    ///   - transport: sends the requests.
    ///   - clock: dates the responses.
    ///   - limits: limits of one request; by default 10 s and 1 MiB.
    public init(
        url: EndpointURL, issuer: Issuer, client: ClientID, authentication: any ClientAuthentication,
        transport: any HTTPTransport, clock: WallClock, limits: TransportLimits = TransportLimits()
    ) {
        self.url = url
        self.issuer = issuer
        self.client = client
        self.authentication = authentication
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// The token endpoint of a discovered provider, for a client with a secret.
    public init(
        of provider: ProviderMetadata, client: ClientID, secret: ClientSecret, transport: any HTTPTransport,
        clock: WallClock, limits: TransportLimits = TransportLimits()
    ) {
        self.init(
            url: provider.tokenEndpoint, issuer: provider.issuer, client: client,
            authentication: ClientAuthenticationMethod(for: provider, client: client, secret: secret).authentication(
                secret),
            transport: transport, clock: clock, limits: limits)
    }

    /// Requests the tokens for a code (RFC 6749 §4.1.3, RFC 7636 §4.5). The ID token in the response is not verified
    /// yet.
    /// - Parameters:
    ///   - grant: the grant; it is used up in any case.
    ///   - resources: the APIs that the access token is for, among those of the authorization request (RFC 8707 §2.2); empty
    ///     leaves it to the provider.
    /// - Throws: `TokenEndpointError`.
    public func requestTokens(
        for grant: consuming AuthorizationCodeGrant, resources: [String] = []
    ) async throws(TokenEndpointError) -> TokenSet {
        guard grant.clientID == client, grant.issuer == issuer else { throw .grantMismatch }
        let verifier = grant.codeVerifier.map { [(name: "code_verifier", value: $0.exposedText)] } ?? []
        return try await tokens(
            [
                ("grant_type", "authorization_code"), ("code", grant.code.exposedText),
                ("redirect_uri", grant.redirectURI.text),
            ] + verifier + resources.map { ("resource", $0) })
    }

    /// Revokes a refresh token, and with it most providers' access tokens (RFC 7009 §2.1).
    /// - Parameters:
    ///   - token: the token to revoke.
    ///   - endpoint: the revocation endpoint from the metadata.
    /// - Throws: `TokenEndpointError`. A token that the provider does not know counts as revoked.
    public func revoke(_ token: RefreshToken, at endpoint: EndpointURL) async throws(TokenEndpointError) {
        let answer = try await send(
            [("token", token.exposedText), ("token_type_hint", "refresh_token")], to: endpoint)
        guard !(200...299).contains(answer.response.status) else { return }
        _ = try TokenResponse(answer.response, masking: answer.mask)
        throw .status(answer.response.status)
    }

    func tokens(_ parameters: [(name: String, value: String)]) async throws(TokenEndpointError) -> TokenSet {
        let answer = try await send(parameters, to: url)
        var response = try TokenResponse(answer.response, masking: answer.mask)
        return try response.tokens(receivedAt: clock.now)
    }

    struct Answer {
        let response: TransportResponse
        let mask: SecretMask
    }

    /// Sends a request with the client's credentials; with its ID too, if `namingClient` says so and they do not hold it.
    func send(
        _ parameters: [(name: String, value: String)], to endpoint: EndpointURL, namingClient: Bool = false
    ) async throws(TokenEndpointError) -> Answer {
        var request = TokenRequest(parameters: parameters)
        do { try await authentication.authenticate(&request, as: client, at: endpoint) } catch {
            throw .authenticationFailed(error)
        }
        if namingClient, !request.parameters.contains(where: { $0.name == "client_id" }) {
            request.parameters.append(("client_id", client.text))
        }
        guard request.isWellFormed else { throw .authenticationFailed(AmbiguousCredentialsError()) }
        let fields = [
            HeaderField(literal: "Accept", value: "application/json"),
            HeaderField(literal: "Accept-Encoding", value: "identity"),
            HeaderField(literal: "Content-Type", value: "application/x-www-form-urlencoded"),
        ]
        let exchange = TransportRequest(
            .post, endpoint, fields: fields + request.fields, body: request.form, replay: .never)
        do {
            return Answer(response: try await transport.send(exchange, within: limits), mask: SecretMask(request))
        } catch { throw .transport(error) }
    }
}

/// Client authentication presented credentials in two ways, or a parameter twice (RFC 6749 §2.3, §3.2).
struct AmbiguousCredentialsError: Error {}
