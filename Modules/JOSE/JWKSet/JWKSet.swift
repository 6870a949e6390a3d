public import OAuthTypes

/// The public keys that an issuer published (RFC 7517 §5): an immutable snapshot.
///
/// Unusable keys are left out and listed in ``refusals``; they do not affect the others.
public struct JWKSet: Sendable {
    /// A key that is left out, and the reason.
    public struct Refusal: Hashable, Sendable {
        /// Its position in the set, counted from 0.
        public let index: Int
        /// Why it is not used.
        public let reason: JWKRefusalReason
    }

    /// The keys that were left out.
    public var refusals: [Refusal] { list.refusals }
    /// The keys that were left out, counted by reason.
    public var leftOut: LeftOutKeys { list.leftOut }
    /// Until when it may be used without asking the issuer again; `UnixTime.distantFuture` for local keys.
    public private(set) var freshUntil: UnixTime

    /// The accepted deviations of the published set and its response.
    public private(set) var deviations: [ProviderDeviation] = []

    let list: KeyList
    /// The position in the order of fetches at which this snapshot was returned; nil for keys that are never fetched.
    private(set) var mark: FetchMark?

    init(keys: [VerificationKey], refusals: [Refusal], deviations: [ProviderDeviation] = []) {
        list = KeyList(keys, refusals: refusals)
        self.deviations = deviations
        freshUntil = .distantFuture
    }

    /// A set without keys: every token is refused.
    public static let empty = JWKSet(keys: [], refusals: [])

    package var keys: [VerificationKey] { list.keys }

    /// How many keys may be used.
    public var count: Int { keys.count }

    /// Whether no key may be used.
    public var isEmpty: Bool { keys.isEmpty }

    /// Whether a key has this name.
    public func contains(_ keyID: KeyID) -> Bool {
        keys.contains { $0.jwk.keyID == keyID }
    }

    func noting(_ deviations: [ProviderDeviation]) -> JWKSet {
        var copy = self
        for deviation in deviations { copy.deviations.note(deviation) }
        return copy
    }

    func handedOut(at mark: FetchMark, freshUntil: UnixTime) -> JWKSet {
        var copy = self
        copy.mark = mark
        copy.freshUntil = freshUntil
        return copy
    }
}

/// The keys of a set. Snapshots of one set share it, so that it tells sets apart.
final class KeyList: Sendable {
    let keys: [VerificationKey]
    let refusals: [JWKSet.Refusal]
    let leftOut: LeftOutKeys

    init(_ keys: [VerificationKey], refusals: [JWKSet.Refusal]) {
        self.keys = keys
        self.refusals = refusals
        leftOut = LeftOutKeys(refusals)
    }
}
