import Concurrency
import Discovery
import JOSE
import OAuthTypes
import TokenExchange

/// The provider as the flow uses it: metadata, keys and token endpoint, created when first needed.
final class Provider: Sendable {
    struct Connection: Sendable {
        let metadata: ProviderMetadata
        let tokenEndpoint: TokenEndpoint
        let verifier: LoginTokenVerifier
        let responses: JARMResponseVerifier<RemoteJWKSet>
        /// Why no login can work with this metadata, if so.
        let unsupported: UnsupportedProviderError?
    }

    private let settings: LoginSettings
    private let environment: LoginFlow.Environment
    private let discovery: Discovery
    private let kept = Lock<Known?>(nil)

    /// What follows from a document, computed once.
    fileprivate struct Known {
        let metadata: ProviderMetadata
        let remote: RemoteJWKSet
        let verifier: IDTokenVerifier<RemoteJWKSet>
        let algorithms: SignatureAlgorithms
        let unsupported: UnsupportedProviderError?
        /// The key set whose oddities were told, by the end of its freshness.
        var toldKeys: UnixTime?
    }

    init(settings: LoginSettings, environment: LoginFlow.Environment) {
        self.settings = settings
        self.environment = environment
        discovery = settings.discovery(environment)
    }

    /// The current provider. Keys and verifier are kept as long as the keys' address stays the same.
    func connection() async throws(DiscoveryError) -> Connection {
        let mark = discovery.mark
        let known = known(try await discovery.metadata())
        let metadata = settings.clientCredential.usesMutualTLS ? known.metadata.overMutualTLS : known.metadata
        return Connection(
            metadata: metadata,
            tokenEndpoint: TokenEndpoint(
                url: metadata.tokenEndpoint, issuer: metadata.issuer, client: settings.clientID,
                authentication: settings.clientCredential.authentication(
                    at: known.metadata, settings: settings, environment: environment),
                transport: environment.transport, clock: environment.clock),
            verifier: LoginTokenVerifier(keys: keys(known)) {
                await self.movedKeys(from: metadata.jwksURI, after: mark)
            },
            responses: JARMResponseVerifier(
                keys: known.remote, algorithms: settings.responseAlgorithms ?? known.algorithms,
                clientID: settings.clientID),
            unsupported: known.unsupported)
    }

    /// The origins that a browser may be redirected to, as far as they are known yet.
    var knownOrigins: [Origin] {
        let metadata = kept.withLock { $0?.metadata }
        let endpoints = [metadata?.authorizationEndpoint.origin, metadata?.endSessionEndpoint?.origin].compactMap(
            \.self)
        return endpoints.reduce(into: [settings.issuer.origin]) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The result of a revocation, for observers.
    enum Revocation: String {
        case done, failed
        case notOffered = "not offered"
    }

    /// Revokes a refresh token as well as the provider lets us (RFC 7009). There is nothing to do about a failure.
    func revoke(_ token: RefreshToken) async -> Revocation {
        do {
            let connection = try await connection()
            guard let endpoint = connection.metadata.revocationEndpoint else { return .notOffered }
            try await connection.tokenEndpoint.revoke(token, at: endpoint)
            return .done
        } catch { return .failed }
    }

    /// Records the deviations of the published keys, once for each fetched set.
    func tellOfKeys() {
        let news = kept.withLock { known -> [ProviderDeviation] in
            guard let keys = known?.remote.current, known?.toldKeys != keys.freshUntil else { return [] }
            known?.toldKeys = keys.freshUntil
            return keys.deviations
        }
        environment.record(news, correlationID: environment.makeCorrelationID())
    }

    // A document that was not fetched again has the same octets in the same storage, so comparing costs next to
    // nothing.
    private func known(_ metadata: ProviderMetadata) -> Known {
        let (known, news) = kept.withLock { kept -> (Known, [ProviderDeviation]) in
            if let kept, kept.metadata.document == metadata.document { return (kept, []) }
            let known = Known(metadata, settings: settings, environment: environment, keeping: kept)
            kept = known
            return (known, metadata.deviations)
        }
        environment.record(news, correlationID: environment.makeCorrelationID())
        return known
    }

    private func keys(_ known: Known) -> LoginTokenVerifier.Keys {
        guard settings.deviations.contains(.hs256ByClientSecret), let secret = settings.clientCredential.clientSecret,
            let verifier = try? ClientSecretIDTokenVerifier(
                secret: secret, algorithm: .hs256, issuer: settings.issuer)
        else { return .published(known.verifier) }
        return .clientSecret(verifier)
    }

    private func movedKeys(from address: EndpointURL, after mark: FetchMark) async -> IDTokenVerifier<RemoteJWKSet>? {
        guard let metadata = try? await discovery.metadata(newerThan: mark, cause: .direct),
            metadata.jwksURI != address
        else { return nil }
        return known(metadata).verifier
    }
}

extension Provider.Known {
    fileprivate init(
        _ metadata: ProviderMetadata, settings: LoginSettings, environment: LoginFlow.Environment,
        keeping old: Self?
    ) {
        self.metadata = metadata
        algorithms = IDTokenAlgorithmChoice(settings, metadata: metadata).accepted
        unsupported = UnsupportedProviderError(metadata, settings: settings)
        let same = old.flatMap { $0.metadata.jwksURI == metadata.jwksURI ? $0 : nil }
        remote =
            same?.remote
            ?? RemoteJWKSet(
                metadata.jwksURI, of: settings.issuer, transport: environment.transport, clock: environment.clock)
        toldKeys = same?.toldKeys
        verifier = IDTokenVerifier(keys: remote, algorithms: algorithms)
    }
}

extension LoginSettings {
    /// Where the metadata is fetched, if it is.
    fileprivate func discovery(_ environment: LoginFlow.Environment) -> Discovery {
        switch provider {
        case .discovered(let issuer):
            Discovery(
                issuer: issuer, publishing: template, transport: environment.transport, clock: environment.clock,
                allowing: plaintext)
        case .document(let address, let issuer):
            Discovery(
                issuer: issuer, document: address, publishing: template, transport: environment.transport,
                clock: environment.clock, allowing: plaintext)
        case .fixed(let metadata): Discovery(fixed: metadata, clock: environment.clock)
        }
    }

    private var template: IssuerTemplate? {
        guard case .template(let template, _) = issuerRule else { return nil }
        return template
    }
}
