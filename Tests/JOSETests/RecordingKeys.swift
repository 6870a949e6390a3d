import Concurrency
import JOSE
import OAuthTypes

/// Has no keys until it is asked to refresh, and remembers for which origins it was.
final class RecordingKeys: JWKSetSource {
    let issuer: Issuer
    let current = JWKSet.empty
    private let later: JWKSet
    private let asked = Lock<[TokenOrigin]>([])

    init(issuer: Issuer, later: JWKSet) {
        self.issuer = issuer
        self.later = later
    }

    var origins: [TokenOrigin] { asked.withLock { $0 } }

    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet {
        asked.withLock { $0.append(origin) }
        return later
    }
}
