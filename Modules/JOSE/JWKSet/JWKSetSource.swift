public import OAuthTypes

/// Provides the keys of one issuer. It never validates a token.
///
/// Use ``LocalJWKSet`` or ``RemoteJWKSet``, or conform a type of your own.
public protocol JWKSetSource: Sendable {
    /// The issuer of the keys. A verifier accepts no token of another issuer with them.
    var issuer: Issuer { get }

    /// The current keys: an immutable snapshot, without waiting. Empty if none are known or those known are too old.
    var current: JWKSet { get }

    /// Returns the keys after an attempt to learn more than was known when the token arrived.
    ///
    /// The result may be that same set, if nothing newer is available or another fetch is not allowed now: the token is
    /// then refused for the reason of the hint. May be called from any number of tasks; cancelling one caller does not
    /// end a fetch that others wait for.
    /// - Throws: if there are no keys at all, or the attempt failed.
    func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet
}

/// Why newer keys are needed.
public struct KeyHint: Sendable {
    /// The reason.
    public enum Reason: Hashable, Sendable {
        /// The snapshot is due for a refresh.
        case due
        /// It has no key of that name; nil for a token without a name and a set without keys.
        case unknownKey(KeyID?)
        /// None of its keys made the signature, or none may be used with the token's algorithm.
        case signatureFailed
    }

    /// The reason.
    public let reason: Reason
    /// The snapshot when the token arrived. Keys that were requested later answer the hint; a fetch that started
    /// earlier does not.
    public let snapshot: JWKSet

    /// Creates a hint.
    public init(_ reason: Reason, snapshot: JWKSet) {
        self.reason = reason
        self.snapshot = snapshot
    }
}

/// Where a token came from, which decides how often it may cause a fetch.
public enum TokenOrigin: Hashable, Sendable {
    /// Directly from the issuer's token endpoint.
    case tokenEndpoint
    /// From an untrusted source: a bearer or logout token.
    case outside
}

/// Keys that you provide and that never change.
public struct LocalJWKSet: JWKSetSource {
    /// The issuer of the keys.
    public let issuer: Issuer
    /// The keys.
    public let current: JWKSet

    /// Creates a source with the keys of `issuer`.
    public init(_ keys: JWKSet, of issuer: Issuer) {
        self.issuer = issuer
        current = keys
    }

    /// The same keys.
    public func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet { current }
}
