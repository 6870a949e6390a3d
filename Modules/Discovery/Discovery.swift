public import OAuthTypes

/// Fetches and keeps the metadata of one provider (OpenID Connect Discovery §4), or hands over what was set by hand.
///
/// The document is fetched when it is first needed, once however many ask, and kept as long as the provider says,
/// between a minute and a day. While fetching fails, the last good one serves for another day. A provider that is down
/// at the start is asked again on the next need, after a wait that grows from one second to a minute.
public struct Discovery: Sendable {
    /// The issuer whose metadata it fetches.
    public let issuer: Issuer

    private let document: CachedDocument<ProviderMetadata>
    private let fixed: ProviderMetadata?

    /// Prepares to fetch; nothing goes out yet.
    /// - Parameters:
    ///   - issuer: as the provider writes it, octet for octet; the document has to name it wherever it is published.
    ///   - address: where the document is; nil for the address that follows from the issuer (Discovery §4).
    ///   - transport: sends the request.
    ///   - clock: decides how long the document is kept.
    ///   - plaintext: whether the endpoints may use `http` on loopback hosts.
    public init(
        issuer: Issuer, document address: EndpointURL? = nil, transport: any HTTPTransport, clock: WallClock,
        allowing plaintext: PlaintextHTTP = .refused
    ) {
        self.issuer = issuer
        fixed = nil
        document = CachedDocument(clock: clock) {
            try await Discovery.fetch(issuer, at: address, over: transport, allowing: plaintext)
        }
    }

    /// Hands over `metadata`, which was put together by hand. Nothing is ever fetched.
    public init(fixed metadata: ProviderMetadata, clock: WallClock) {
        issuer = metadata.issuer
        fixed = metadata
        document = CachedDocument(clock: clock) { .init(metadata, age: nil) }
    }

    /// The metadata that is held now, fresh or stale but usable; never suspends.
    public var current: ProviderMetadata? { fixed ?? document.entry?.value }

    /// The metadata, fetched if it is due.
    /// - Throws: ``DiscoveryError`` when none that is usable is held.
    public func metadata() async throws(DiscoveryError) -> ProviderMetadata {
        if let fixed { return fixed }
        do { return try await document.value() } catch { throw Discovery.reason(of: error) }
    }

    /// The place of a question that comes up now, for ``metadata(newerThan:cause:)``.
    package var mark: FetchMark { document.mark }

    /// The metadata as fetched after `mark`: for a token that names a key nobody knows, because `jwks_uri` may have moved.
    ///
    /// Where a fetch is not allowed now or fails, what is held is handed over again. The issuer is the same in any case.
    /// - Parameters:
    ///   - mark: ``mark`` when the question came up.
    ///   - cause: `direct` fetches at once; `outside` at most once a minute, however many tokens come.
    /// - Throws: ``DiscoveryError`` when none that is usable is held.
    package func metadata(
        newerThan mark: FetchMark, cause: FetchCause
    ) async throws(DiscoveryError) -> ProviderMetadata {
        if let fixed { return fixed }
        do { return try await document.value(newerThan: mark, cause: cause) } catch {
            guard let current else { throw Discovery.reason(of: error) }
            return current
        }
    }

    // What is set up wrongly stays so until somebody acts, so its reason outlasts the wait.
    private static func reason(of error: any Error) -> DiscoveryError {
        guard let pause = error as? CachedDocument<ProviderMetadata>.Unavailable else {
            return error as? DiscoveryError ?? .unavailable
        }
        guard let reason = pause.lastFailure as? DiscoveryError, !reason.mayPass else { return .unavailable }
        return reason
    }

    private static func fetch(
        _ issuer: Issuer, at address: EndpointURL?, over transport: any HTTPTransport,
        allowing plaintext: PlaintextHTTP
    ) async throws(DiscoveryError) -> CachedDocument<ProviderMetadata>.Fetched {
        let url = if let address { address } else { try configurationURL(of: issuer) }
        let fetch = DocumentFetch(
            url, of: .metadata, types: ["application/json"], transport: transport, maximumOctets: 524_288)
        let document: DocumentFetch.Document
        do { document = try await fetch.run() } catch { throw DiscoveryError(error) }
        var reader = try MetadataDocument(document, allowing: plaintext)
        return .init(try reader.metadata(of: issuer), age: document.age)
    }

    private static func configurationURL(of issuer: Issuer) throws(DiscoveryError) -> EndpointURL {
        do { return try issuer.configurationURL() } catch { throw .url(error) }
    }
}
