import Concurrency
public import OAuthTypes

/// The keys that are in use now, for apps that rotate them without a restart: what was made from it seals with the
/// newest key of the moment, and opens with all of the moment.
public final class SealingKeyRing: Sendable {
    private struct State {
        var keys: SealingKeys
        var derived: [SealingPurpose: [PurposeKey]] = [:]
        var tagMakers: [IndexTagMaker]?
    }

    private let state: Lock<State>

    /// Begins with `keys`.
    public init(_ keys: SealingKeys) { state = Lock(State(keys: keys)) }

    /// The keys of the moment.
    public var current: SealingKeys { state.withLock { $0.keys } }

    /// Uses `keys` from now on. Put the new secret in front and keep the old ones for as long as sessions live; rotate
    /// readers first where several processes share a store: give every process the new secret at the end of its ring
    /// before any has it in front.
    ///
    /// Whatever is under way goes on with the keys of each moment. A secret that was left out must not come back: what
    /// it sealed is not found by tag meanwhile, so nobody can have ended it.
    public func replace(with keys: SealingKeys) { state.withLock { $0 = State(keys: keys) } }

    /// What seals and opens for one purpose.
    public func sealer(for purpose: SealingPurpose, random: RandomSource = .system) -> Sealer {
        Sealer(purpose: purpose, source: .ring(self), random: random)
    }

    /// What makes tags with the keys of the moment, newest first.
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
