import Concurrency
import JOSE
import OAuthTypes
import TestSupport

/// Has one of several sets of keys, and another one after a change.
final class ChangingKeys: JWKSetSource {
    let issuer: Issuer
    private let sets: [JWKSet]
    private let chosen: Lock<JWKSet>

    init(of issuer: Issuer, sets: [JWKSet]) {
        self.issuer = issuer
        self.sets = sets
        chosen = Lock(sets.first ?? .empty)
    }

    var current: JWKSet { chosen.withLock { $0 } }

    func change(using random: inout SeededRandom) {
        guard let next = sets.randomElement(using: &random) else { return }
        chosen.withLock { $0 = next }
    }

    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet { current }
}
