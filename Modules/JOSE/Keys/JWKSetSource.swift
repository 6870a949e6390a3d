public import OAuthTypes

/// Hands over the keys of one issuer. It never judges a token.
///
/// ``LocalJWKSet`` and ``RemoteJWKSet`` are the two that come along.
public protocol JWKSetSource: Sendable {
    /// Whose keys they are. A verifier takes no token of another issuer by them.
    var issuer: Issuer { get }

    /// The keys as they are known now: an immutable snapshot, at once, without waiting. Empty when none is known or
    /// what is known is too old to be used.
    var current: JWKSet { get }

    /// The keys after an attempt to learn more than was known when the token arrived.
    ///
    /// The answer may be that same set, when nothing newer is to be had or when asking again now is not allowed: the
    /// token is then refused for the reason that raised the hint. Callable from any number of tasks; a cancelled caller
    /// does not end a fetch that others wait for.
    /// - Throws: when no keys can be had at all, or the attempt failed.
    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet
}

/// Why newer keys are wanted.
public struct KeyHint: Sendable {
    /// What was found wanting.
    public enum Reason: Hashable, Sendable {
        /// The snapshot's time is up.
        case due
        /// It has no key of that name; nil for a token without a name and a set without keys.
        case unknownKey(KeyID?)
        /// No key of it made the signature, or none may be used with the token's algorithm.
        case signatureFailed
    }

    /// What was found wanting.
    public let reason: Reason
    /// What was known when the token arrived. Keys that were asked for later answer the hint, a fetch that began
    /// earlier does not.
    public let snapshot: JWKSet

    /// Describes why newer keys are wanted.
    public init(_ reason: Reason, _ snapshot: JWKSet) {
        self.reason = reason
        self.snapshot = snapshot
    }
}

/// Where a token came from, which decides how freely it may cause a fetch.
public enum TokenOrigin: Hashable, Sendable {
    /// Straight from the issuer's token endpoint.
    case tokenEndpoint
    /// From anybody: a bearer or logout token.
    case outside
}

/// Keys that were given by hand and never change.
public struct LocalJWKSet: JWKSetSource {
    /// Whose keys they are.
    public let issuer: Issuer
    /// The keys.
    public let current: JWKSet

    /// Serves the keys of `issuer`.
    public init(_ keys: JWKSet, of issuer: Issuer) {
        self.issuer = issuer
        current = keys
    }

    /// The same keys.
    public func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet { current }
}
