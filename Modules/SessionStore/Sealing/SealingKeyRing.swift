import Concurrency
public import OAuthTypes

/// The current keys, for apps that rotate them without a restart: a sealer of the ring seals with the newest current
/// key, and opens with all current keys.
public final class SealingKeyRing: Sendable {
    private struct State {
        var keys: SealingKeys
        var derived: [SealingPurpose: [PurposeKey]] = [:]
        var tagMakers: [IndexTagMaker]?
    }

    private let state: Lock<State>

    /// Creates a ring with `keys`.
    public init(_ keys: SealingKeys) { state = Lock(State(keys: keys)) }

    /// The current keys.
    public var current: SealingKeys { state.withLock { $0.keys } }

    /// Uses `keys` from now on. Put the new secret in front and keep the old ones for as long as sessions live. If
    /// several processes share a store, rotate readers first: give every process the new secret at the end of its ring
    /// before any has it in front.
    ///
    /// Work in progress uses the current keys at each moment. Never add a removed secret again: sessions that it sealed
    /// could not be found by tag meanwhile, so they were not ended.
    public func replace(with keys: SealingKeys) { state.withLock { $0 = State(keys: keys) } }

    /// Returns the sealer for one purpose.
    public func sealer(for purpose: SealingPurpose, random: RandomSource = .system) -> Sealer {
        Sealer(purpose: purpose, source: .ring(self), random: random)
    }

    /// Creates tags with the current keys, newest first.
    package var tagMakers: [IndexTagMaker] {
        state.withLock { state in
            if let tagMakers = state.tagMakers { return tagMakers }
            let tagMakers = state.keys.tagMakers
            state.tagMakers = tagMakers
            return tagMakers
        }
    }

    func keys(for purpose: SealingPurpose) -> [PurposeKey] {
        state.withLock { state in
            if let derived = state.derived[purpose] { return derived }
            let derived = state.keys.purposeKeys(for: purpose)
            state.derived[purpose] = derived
            return derived
        }
    }
}
