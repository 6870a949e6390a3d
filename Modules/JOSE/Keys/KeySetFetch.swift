import CryptoPrimitives
import OAuthTypes

/// Fetches a key set once (RFC 7517 §8.5.1).
final class KeySetFetch: Sendable {
    private let url: EndpointURL
    private let transport: any HTTPTransport
    private let rules: KeyRules
    private let last = Lock(KeySet.empty)

    init(_ url: EndpointURL, _ transport: any HTTPTransport, _ rules: KeyRules) {
        self.url = url
        self.transport = transport
        self.rules = rules
    }

    func run() async throws(KeyFetchError) -> CachedDocument<KeySet>.Fetched {
        let response = try await send()
        try Self.check(response)
        let previous = last.withLock { $0 }
        let keys: KeySet
        do { keys = try KeySet(jwks: response.body, rules: rules, replacing: previous) } catch { throw .invalid(error) }
        guard !keys.isEmpty else { throw .noUsableKey }
        last.withLock { $0 = keys }
        return CachedDocument.Fetched(keys, age: CacheControl.maxAge(response.fields))
    }

    private func send() async throws(KeyFetchError) -> TransportResponse {
        let accept = HeaderField(literal: "Accept", "application/jwk-set+json, application/json")
        let request = TransportRequest(.get, url, fields: [accept], replay: .idempotent)
        let limits = TransportLimits(maximumBodyOctets: KeySet.maximumOctets)
        do { return try await transport.send(request, within: limits) } catch { throw .transport(error) }
    }

    // RFC 7517 §8.5.1, and what most providers send
    private static let acceptedTypes = ["application/jwk-set+json", "application/json"]

    private static func check(_ response: TransportResponse) throws(KeyFetchError) {
        guard !(300...399).contains(response.status) else { throw .redirected }
        guard response.status == 200 else { throw .status(response.status) }
        guard acceptedTypes.contains(MediaType.essence(response.fields)) else { throw .contentType }
    }
}
