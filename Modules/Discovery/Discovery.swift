public import OAuthTypes

/// Fetches and keeps the metadata of one provider (OpenID Connect Discovery §4).
///
/// The document is fetched when it is first needed, once however many ask, and kept as long as the provider says,
/// between a minute and a day. While fetching fails, the last good one serves for another day. A provider that is down
/// at the start is asked again on the next need, after a wait that grows from one second to a minute.
public struct Discovery: Sendable {
    /// The issuer whose metadata it fetches.
    public let issuer: Issuer

    private let document: CachedDocument<ProviderMetadata>

    /// Prepares to fetch; nothing goes out yet.
    /// - Parameters:
    ///   - issuer: as the provider writes it, octet for octet.
    ///   - transport: sends the request.
    ///   - clock: decides how long the document is kept.
    ///   - plaintext: whether the endpoints may use `http` on loopback hosts.
    public init(
        issuer: Issuer, transport: any HTTPTransport, clock: WallClock, allowing plaintext: PlaintextHTTP = .refused
    ) {
        self.issuer = issuer
        document = CachedDocument(clock: clock) {
            try await Discovery.fetch(issuer, over: transport, allowing: plaintext)
        }
    }

    /// The metadata that is held now, fresh or stale but usable; never suspends.
    public var current: ProviderMetadata? { document.entry?.value }

    /// The metadata, fetched if it is due.
    /// - Throws: ``DiscoveryError`` when none that is usable is held.
    public func metadata() async throws(DiscoveryError) -> ProviderMetadata {
        do { return try await document.value() } catch let pause as CachedDocument<ProviderMetadata>.Unavailable {
            // What is set up wrongly stays so until somebody acts, so its reason outlasts the wait.
            guard let reason = pause.lastFailure as? DiscoveryError, !reason.mayPass else { throw .unavailable }
            throw reason
        } catch {
            throw error as? DiscoveryError ?? .unavailable
        }
    }

    private static let limits = TransportLimits(maximumBodyOctets: 524_288)

    private static func fetch(
        _ issuer: Issuer, over transport: any HTTPTransport, allowing plaintext: PlaintextHTTP
    ) async throws(DiscoveryError) -> CachedDocument<ProviderMetadata>.Fetched {
        let response = try await send(issuer, over: transport)
        guard !(300...399).contains(response.status) else { throw .redirected(status: response.status) }
        guard response.status == 200 else { throw .status(response.status) }
        guard MediaType.isJSON(response.fields) else { throw .contentType(MediaType.essence(response.fields)) }
        let metadata = try MetadataDocument(response.body, allowing: plaintext).metadata(of: issuer)
        return .init(metadata, age: CacheControl.maxAge(response.fields))
    }

    private static func send(
        _ issuer: Issuer, over transport: any HTTPTransport
    ) async throws(DiscoveryError) -> TransportResponse {
        let url: EndpointURL
        do { url = try issuer.configurationURL() } catch { throw .url(error) }
        let accept = HeaderField(literal: "Accept", "application/json")
        let request = TransportRequest(.get, url, fields: [accept], replay: .idempotent)
        do { return try await transport.send(request, within: limits) } catch { throw .transport(error) }
    }
}
