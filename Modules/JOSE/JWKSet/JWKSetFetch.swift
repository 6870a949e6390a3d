import Concurrency
import OAuthTypes

/// Fetches a JWK set once (RFC 7517 §8.5.1).
final class JWKSetFetch: Sendable {
    private let document: DocumentFetch
    private let policy: JWKPolicy
    private let last = Lock(JWKSet.empty)

    // RFC 7517 §8.5.1, and what most providers send. A set with the media type of a single key is accepted with a
    // deviation.
    private static let types = ["application/jwk-set+json", "application/json"]

    init(_ url: EndpointURL, transport: any HTTPTransport, policy: JWKPolicy) {
        document = DocumentFetch(
            url, of: .keySet, types: Self.types, transport: transport, maximumOctets: JWKSet.maximumOctets)
        self.policy = policy
    }

    func run() async throws(KeyError) -> CachedDocument<JWKSet>.Fetched {
        let fetched: DocumentFetch.Document
        do { fetched = try await document.run() } catch { throw KeyError(error) }
        let previous = last.withLock { $0 }
        let keys = try JWKSet(jwks: fetched.text, policy: policy, replacing: previous)
        guard !keys.isEmpty else { throw .noUsableKey(keys.leftOut) }
        last.withLock { $0 = keys }
        return CachedDocument.Fetched(keys.noting(fetched.deviations), age: fetched.age)
    }
}

extension KeyError {
    fileprivate init(_ failure: DocumentFetchError) {
        switch failure {
        case .transport(let failure): self = .transport(failure)
        case .redirected(_, let target): self = .redirected(to: target)
        case .status(let status): self = .status(status)
        case .contentType: self = .contentType
        }
    }
}
