import CryptoPrimitives
import JOSE
import OAuthTypes
import TestSupport

/// Has one of several sets of keys, and another one after a change.
final class ChangingKeys: KeySource {
    let issuer: Issuer
    private let sets: [KeySet]
    private let chosen: Lock<KeySet>

    init(of issuer: Issuer, _ sets: [KeySet]) {
        self.issuer = issuer
        self.sets = sets
        chosen = Lock(sets.first ?? .empty)
    }

    var current: KeySet { chosen.withLock { $0 } }

    func change(using random: inout SeededRandom) {
        guard let next = sets.randomElement(using: &random) else { return }
        chosen.withLock { $0 = next }
    }

    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> KeySet { current }
}
