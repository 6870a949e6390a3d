import CryptoPrimitives
import JOSE
import OAuthTypes

/// Has no keys until it is asked to refresh, and remembers for which origins it was.
final class RecordingKeys: KeySource {
    let issuer: Issuer
    let current = KeySet.empty
    private let later: KeySet
    private let asked = Lock<[TokenOrigin]>([])

    init(issuer: Issuer, later: KeySet) {
        self.issuer = issuer
        self.later = later
    }

    var origins: [TokenOrigin] { asked.withLock { $0 } }

    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> KeySet {
        asked.withLock { $0.append(origin) }
        return later
    }
}
