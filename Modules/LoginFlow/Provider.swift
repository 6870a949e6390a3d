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
    private let kept = Lock<Known?>(nil)

    private struct Known {
        let metadata: ProviderMetadata
        let verifier: IDTokenVerifier<RemoteKeys>
    }

    init(settings: LoginSettings, environment: LoginFlow.Environment) {
        self.settings = settings
        self.environment = environment
        discovery = Discovery(
            issuer: settings.issuer, transport: environment.transport, clock: environment.clock,
            allowing: settings.plaintext)
    }

    /// The provider as of now. Keys and verifier are kept as long as the keys' address stays the same.
    func connection() async throws -> Connection {
        let metadata = try await discovery.metadata()
        let verifier = kept.withLock { kept in
            let verifier = kept.flatMap { $0.metadata.jwksURI == metadata.jwksURI ? $0.verifier : nil }
            let known = Known(metadata: metadata, verifier: verifier ?? self.verifier(metadata.jwksURI))
            kept = known
            return known.verifier
        }
        return Connection(
            metadata: metadata,
            tokenEndpoint: TokenEndpoint(
                url: metadata.tokenEndpoint, issuer: metadata.issuer, client: settings.clientID,
                authentication: authentication(metadata), transport: environment.transport, clock: environment.clock),
            verifier: verifier)
    }

    /// The origins that a browser may be sent to, as far as they are known yet.
    var knownOrigins: [Origin] {
        let metadata = kept.withLock { $0?.metadata }
        let endpoints = [metadata?.authorizationEndpoint.origin, metadata?.endSessionEndpoint?.origin].compactMap(
            \.self)
        return endpoints.reduce(into: [settings.issuer.origin]) { if !$0.contains($1) { $0.append($1) } }
    }

    /// How a revocation went, for observers.
    enum Revocation: String {
        case done, failed
        case notOffered = "not offered"
    }

    /// Revokes a refresh token as well as the provider lets us (RFC 7009); a failure is nobody's to mend.
    func revoke(_ token: RefreshToken) async -> Revocation {
        do {
            let connection = try await connection()
            guard let endpoint = connection.metadata.revocationEndpoint else { return .notOffered }
            try await connection.tokenEndpoint.revoke(token, at: endpoint)
            return .done
        } catch { return .failed }
    }

    private func verifier(_ url: EndpointURL) -> IDTokenVerifier<RemoteKeys> {
        let keys = RemoteKeys(
            url, of: settings.issuer, transport: environment.transport, clock: environment.clock)
        return IDTokenVerifier(keys: keys, algorithms: settings.idTokenAlgorithms)
    }

    private func authentication(_ metadata: ProviderMetadata) -> any ClientAuthentication {
        let method: SecretMethod =
            switch settings.secretPlacement {
            case .basic: .basic
            case .post: .post
            case .automatic:
                SecretMethod(for: metadata, client: settings.clientID, secret: settings.clientSecret)
            }
        return method.authentication(settings.clientSecret)
    }
}
