import APIGuard
import Discovery
import JOSE
import OAuthTypes
import Synchronization

/// The API's guards, created when the first request needs them.
final class APIGate: Sendable {
    private let issuer: Issuer
    private let audience: String
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let discovery: Discovery
    private let kept = Mutex<[APIGuard<RemoteJWKSet>]>([])

    init(
        issuer: Issuer, document: EndpointURL? = nil, audience: String, transport: any HTTPTransport, clock: WallClock
    ) {
        self.issuer = issuer
        self.audience = audience
        self.transport = transport
        self.clock = clock
        discovery = Discovery(
            issuer: issuer, document: document, transport: transport, clock: clock, allowing: .loopback)
    }

    /// One guard for each access token profile. A token is accepted if any of them accepts it.
    func guards() async throws -> [APIGuard<RemoteJWKSet>] {
        let found = kept.withLock { $0 }
        guard found.isEmpty else { return found }
        let metadata = try await discovery.metadata()
        let keys = RemoteJWKSet(metadata.jwksURI, of: issuer, transport: transport, clock: clock)
        let made = [AccessTokenProfile.rfc9068, .auth0].map { profile in
            APIGuard(
                verifier: AccessTokenVerifier(
                    keys: keys, algorithms: [.rs256], audience: audience, profile: profile),
                realm: "demo")
        }
        kept.withLock { $0 = made }
        return made
    }
}
