import CryptoPrimitives
import Discovery
import JOSE
import OAuthTypes
import TokenExchange

/// The provider as the flow uses it: metadata, keys and token endpoint, put together when first needed.
final class Provider: Sendable {
    struct Connection: Sendable {
        let metadata: ProviderMetadata
        let tokenEndpoint: TokenEndpoint
        let verifier: IDTokenVerifier<RemoteKeys>
    }

    private let settings: LoginSettings
    private let environment: LoginFlow.Environment
    private let discovery: Discovery
    private let kept = Lock<Connection?>(nil)

    init(settings: LoginSettings, environment: LoginFlow.Environment) {
        self.settings = settings
        self.environment = environment
        discovery = Discovery(
            issuer: settings.issuer, transport: environment.transport, clock: environment.clock,
            allowing: settings.plaintext)
    }

    /// The provider as of now. Keys are kept as long as their address stays the same.
    func connection() async throws -> Connection {
        let metadata = try await discovery.metadata()
        return kept.withLock { kept in
            if let kept, kept.metadata.jwksURI == metadata.jwksURI,
                kept.metadata.tokenEndpoint == metadata.tokenEndpoint
            {
                return Connection(metadata: metadata, tokenEndpoint: kept.tokenEndpoint, verifier: kept.verifier)
            }
            let made = connect(metadata)
            kept = made
            return made
        }
    }

    /// The origins that a browser may be sent to, as far as they are known yet.
    var knownOrigins: [Origin] {
        let metadata = kept.withLock { $0?.metadata }
        let endpoints = [metadata?.authorizationEndpoint.origin, metadata?.endSessionEndpoint?.origin].compactMap(
            \.self)
        return endpoints.reduce(into: [settings.issuer.origin]) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Revokes a refresh token as well as the provider lets us (RFC 7009); a failure is nobody's to mend.
    func revoke(_ token: RefreshToken) async {
        guard let connection = try? await connection(), let endpoint = connection.metadata.revocationEndpoint else {
            return
        }
        try? await connection.tokenEndpoint.revoke(token, at: endpoint)
    }

    private func connect(_ metadata: ProviderMetadata) -> Connection {
        let keys = RemoteKeys(metadata.jwksURI, transport: environment.transport, clock: environment.clock)
        return Connection(
            metadata: metadata,
            tokenEndpoint: TokenEndpoint(
                url: metadata.tokenEndpoint, issuer: metadata.issuer, client: settings.clientID,
                authentication: authentication(metadata), transport: environment.transport, clock: environment.clock),
            verifier: IDTokenVerifier(keys: keys, algorithms: settings.idTokenAlgorithms))
    }

    private func authentication(_ metadata: ProviderMetadata) -> any ClientAuthentication {
        let method: SecretMethod =
            switch settings.secretPlacement {
            case .basic: .basic
            case .post: .post
            case .automatic: SecretMethod(for: metadata)
            }
        return method.authentication(settings.clientSecret)
    }
}
