import Concurrency
public import OAuthTypes
public import WireFormats

/// The current keys of a client, for apps that rotate them without a restart. Whoever holds the ring signs with the current key.
public final class ClientKeyRing: CompactSigner {
    private struct State {
        var keys: ClientKeys
        var audienceOwner: Issuer?
        var issuers: Set<String> = []
    }

    private let state: Lock<State>

    /// Creates a ring with `keys`.
    public init(_ keys: ClientKeys) { state = Lock(State(keys: keys)) }

    /// The current keys.
    public var current: ClientKeys { state.withLock { $0.keys } }

    /// Signs with `keys` from now on. Announce a key before it signs: see ``ClientKeys``.
    public func replace(with keys: ClientKeys) { state.withLock { $0.keys = keys } }

    /// The algorithm of the key that signs now.
    public var algorithm: JWSAlgorithm { current.signer.algorithm }

    /// The name of the key that signs now.
    public var keyID: KeyID? { current.signer.keyID }

    /// Signs with the current key.
    /// - Throws: whatever its signer throws.
    public func sign(type: String, claims: JSONObject) async throws -> CompactJWS {
        try await current.signer.sign(type: type, claims: claims)
    }

    /// Whether the ring may sign for `issuer`. Assertions to the URL of a token endpoint need a ring that serves no other issuer:
    /// a second one could name the first one's endpoint as its own and present the assertions there.
    package func serve(_ issuer: Issuer, namingTokenEndpoint: Bool) -> Bool {
        state.withLock { state in
            let isAlone = state.issuers.subtracting([issuer.text]).isEmpty
            if namingTokenEndpoint { guard isAlone else { return false } }
            if let owner = state.audienceOwner, owner != issuer { return false }
            if namingTokenEndpoint { state.audienceOwner = issuer }
            state.issuers.insert(issuer.text)
            return true
        }
    }
}
