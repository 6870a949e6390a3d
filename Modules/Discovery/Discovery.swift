public import OAuthTypes

/// Fetches and caches the metadata of one provider (OpenID Connect Discovery §4), or returns metadata that you provide.
///
/// The document is fetched when it is first needed. Concurrent callers share one fetch. It is cached as long as the
/// provider says, between a minute and a day. If fetching fails, the last good document is used for another day. If a
/// provider is down at the start, the next call tries again, after a wait that grows from one second to a minute.
public struct Discovery: Sendable {
    /// The issuer whose metadata is fetched.
    public let issuer: Issuer

    private let document: CachedDocument<ProviderMetadata>
    private let fixed: ProviderMetadata?

    /// Creates a client for one provider; nothing is sent yet.
    /// - Parameters:
    ///   - issuer: as the provider writes it, octet for octet; the document must name it wherever it is published.
    ///   - address: where the document is; nil for the address that follows from the issuer (Discovery §4).
    ///   - template: what the document names as its issuer where the provider has an issuer per tenant; nil for
    ///     `issuer`. It is compared octet by octet too.
    ///   - transport: sends the request.
    ///   - clock: decides how long the document is cached.
    ///   - plaintext: whether the endpoints may use `http` on loopback hosts.
    public init(
        issuer: Issuer, document address: EndpointURL? = nil, publishing template: IssuerTemplate? = nil,
        transport: any HTTPTransport, clock: WallClock, allowing plaintext: PlaintextHTTP = .refused
    ) {
        self.issuer = issuer
        fixed = nil
        document = CachedDocument(clock: clock) {
            let document = try await Discovery.fetch(issuer, at: address, over: transport)
            var reader = try MetadataDocument(document, allowing: plaintext)
            return .init(try reader.metadata(of: issuer, publishing: template), age: document.age)
        }
    }

    /// Returns `metadata` always and fetches nothing.
    public init(fixed metadata: ProviderMetadata, clock: WallClock) {
        issuer = metadata.issuer
        fixed = metadata
        document = CachedDocument(clock: clock) { .init(metadata, age: nil) }
    }

    /// The cached metadata, fresh or stale but usable; never suspends.
    public var current: ProviderMetadata? { fixed ?? document.entry?.value }

    /// Returns the metadata, fetched if necessary.
    /// - Throws: ``DiscoveryError`` if there is no usable metadata.
    public func metadata() async throws(DiscoveryError) -> ProviderMetadata {
        if let fixed { return fixed }
        do { return try await document.value() } catch { throw Discovery.reason(of: error) }
    }

    /// The position of a request made now, for ``metadata(newerThan:cause:)``.
    package var mark: FetchMark { document.mark }

    /// Returns metadata fetched after `mark`: for a token with an unknown `kid`, because `jwks_uri` may have moved.
    ///
    /// If a fetch is not allowed now or fails, the cached metadata is returned. The issuer is the same in any case.
    /// - Parameters:
    ///   - mark: ``mark`` when the need arose.
    ///   - cause: `direct` fetches at once; `outside` at most once a minute, however many tokens arrive.
    /// - Throws: ``DiscoveryError`` if there is no usable metadata.
    package func metadata(
        newerThan mark: FetchMark, cause: FetchCause
    ) async throws(DiscoveryError) -> ProviderMetadata {
        if let fixed { return fixed }
        do { return try await document.value(newerThan: mark, cause: cause) } catch {
            guard let current else { throw Discovery.reason(of: error) }
            return current
        }
    }

    // A wrong configuration stays wrong until the operator acts, so its reason outlasts the wait.
    private static func reason(of error: any Error) -> DiscoveryError {
        guard let pause = error as? CachedDocument<ProviderMetadata>.UnavailableError else {
            return error as? DiscoveryError ?? .unavailable
        }
        guard let reason = pause.lastFailure as? DiscoveryError, !reason.mayPass else { return .unavailable }
        return reason
    }

    private static func fetch(
        _ issuer: Issuer, at address: EndpointURL?, over transport: any HTTPTransport
    ) async throws(DiscoveryError) -> DocumentFetch.Document {
        let url = if let address { address } else { try configurationURL(of: issuer) }
        let fetch = DocumentFetch(
            url, of: .metadata, types: ["application/json"], transport: transport, maximumOctets: 524_288)
        do { return try await fetch.run() } catch { throw DiscoveryError(error) }
    }

    private static func configurationURL(of issuer: Issuer) throws(DiscoveryError) -> EndpointURL {
        do { return try issuer.configurationURL() } catch { throw .url(error) }
    }
}
