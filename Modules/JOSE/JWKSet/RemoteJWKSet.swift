import Concurrency
public import OAuthTypes

/// The keys that an issuer publishes at its `jwks_uri`.
///
/// A set is cached as long as the issuer says (a minute to a day) and used for a day longer while fetching fails; a
/// good set is never replaced by one that is empty or unreadable. A token directly from the token endpoint that does
/// not match causes a fetch at once, so that a key rotation fails no login; tokens from outside do so at most once a
/// minute, whatever key IDs they contain.
public final class RemoteJWKSet: JWKSetSource {
    /// The issuer of the keys.
    public let issuer: Issuer
    private let document: CachedDocument<JWKSet>
    private let clock: WallClock
    private let unknown = Lock(UnknownKeyMemory())

    /// Creates a source of the keys that `issuer` publishes at `url`. Nothing is fetched before the first need; see
    /// ``prefetch()``.
    public init(
        _ url: EndpointURL, of issuer: Issuer, transport: any HTTPTransport, clock: WallClock,
        policy: JWKPolicy = JWKPolicy()
    ) {
        self.issuer = issuer
        let fetch = JWKSetFetch(url, transport: transport, policy: policy)
        document = CachedDocument(clock: clock) { try await fetch.run() }
        self.clock = clock
    }

    /// The keys of the last fetch; empty before the first fetch and when they are too old to be used.
    public var current: JWKSet {
        // The mark comes first: a fetch that starts in between then counts as newer than this snapshot.
        let mark = document.mark
        guard let entry = document.entry else { return JWKSet.empty.handedOut(at: mark, freshUntil: .distantPast) }
        return entry.value.handedOut(at: mark, freshUntil: entry.freshUntil)
    }

    /// Fetches the keys if they are due, so that the first login need not wait.
    /// - Throws: ``KeyError`` if there are none.
    public func prefetch() async throws {
        do { _ = try await document.value() } catch let pause as CachedDocument<JWKSet>.UnavailableError {
            throw Self.reason(of: pause)
        }
    }

    /// Returns the keys after a fetch that started after the token arrived, if one is due or allowed.
    /// - Throws: ``KeyError`` if the fetch failed, or none is allowed and no keys are cached.
    public func refreshed(after hint: KeyHint, origin: TokenOrigin) async throws -> JWKSet {
        switch (hint.reason, origin) {
        case (.due, _):
            try await prefetch()
        case (_, .tokenEndpoint):
            // Such a token may always cause a fetch, except during the pause after a failed one. Its key may be in the
            // set that could not be fetched: the caller tries again, and does not refuse the token.
            guard try await fetch(after: hint.snapshot, cause: .direct) else { throw KeyError.waiting }
        case (.signatureFailed, .outside):
            try await fetch(after: hint.snapshot, cause: .outside)
        case (.unknownKey(let keyID), .outside):
            if !isRemembered(keyID), try await fetch(after: hint.snapshot, cause: .outside) { remember(keyID) }
        }
        return current
    }

    /// Whether a fetch that started after the snapshot was returned has completed; false if none is allowed now.
    @discardableResult
    private func fetch(after snapshot: JWKSet, cause: FetchCause) async throws -> Bool {
        do {
            _ = try await document.value(newerThan: snapshot.mark ?? document.mark, cause: cause)
            return true
        } catch let pause as CachedDocument<JWKSet>.UnavailableError {
            guard document.entry != nil else { throw Self.reason(of: pause) }
            return false
        }
    }

    // A wrong setting does not correct itself, so its reason outlasts the pause.
    private static func reason(of pause: CachedDocument<JWKSet>.UnavailableError) -> KeyError {
        guard let reason = pause.lastFailure as? KeyError, !reason.mayPass else { return .waiting }
        return reason
    }

    private func isRemembered(_ keyID: KeyID?) -> Bool {
        guard let keyID else { return false }
        let now = clock.now
        return unknown.withLock { $0.holds(keyID, at: now) }
    }

    private func remember(_ keyID: KeyID?) {
        guard let keyID, !current.contains(keyID) else { return }
        let now = clock.now
        unknown.withLock { $0.note(keyID, at: now) }
    }
}
