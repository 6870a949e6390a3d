import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// The right to send a login's code, which one request has (RFC 6749 §4.1.2: a second use of a code may revoke the tokens
/// of the first).
struct CodeLease: Sendable {
    fileprivate let key: SessionKey
    fileprivate let browser: BrowserSecret
    fileprivate var record: SessionRecord
}

/// Gives out code leases, one for each login.
///
/// The record is written before the code is sent. Its secret part can be opened only with the pending login's
/// verifier, so only a browser that holds the pending cookie gets the winner's session.
struct CodeLeases: Sendable {
    /// How long duplicates get the winner's answer, in seconds.
    static let answerLifetime: Int64 = 60
    // A pending login lives ten minutes, and clocks differ.
    static let lifetime = PendingLogin.lifetime.wholeSeconds + 120
    // A store that is full for one key may have room for another one: each of its parts has a bound.
    private static let attempts = 256

    let store: any SessionStore
    let sealer: RecordSealer
    let random: RandomSource
    let bounds: CodeLeaseBounds

    /// Takes the lease; nil when another request has it.
    /// - Throws: ``CodeLeaseError`` when there are too many; what the store throws.
    func take(for attempt: LoginAttempt, at now: UnixTime) async throws -> CodeLease? {
        let key = key(attempt.state)
        guard !bounds.isUsedUp(key) else { return nil }
        try await makeRoom(for: attempt.request.client, at: now)
        let end = now.adding(seconds: CodeLeases.lifetime)
        let record = SessionRecord(
            revision: Revision(random: random), idleEnd: end, absoluteEnd: end, summary: .empty, secrets: .empty)
        let lease = CodeLease(key: key, browser: browser(attempt.pending), record: record)
        do {
            guard try await write(lease, at: now) else {
                bounds.close()
                return nil
            }
        } catch {
            bounds.close()
            throw error
        }
        // What went to make room may have been this very lease. Its mark was there before its record went.
        guard bounds.isUsedUp(lease.key) else { return lease }
        await giveBack(lease, at: now)
        return nil
    }

    private func makeRoom(for client: ClientAddress?, at now: UnixTime) async throws {
        for _ in 0..<CodeLeases.attempts {
            switch bounds.open(for: client, at: now) {
            case .go: return
            case .remove(let key): _ = try await store.remove(key, at: now)
            case .refuse(let refusal): throw refusal
            }
        }
        throw CodeLeaseError.full
    }

    private func write(_ lease: CodeLease, at now: UnixTime) async throws -> Bool {
        for _ in 0..<CodeLeases.attempts {
            do {
                return try await store.writeRecognising(lease.record, for: lease.key, if: .absent, at: now)
            } catch SessionStoreError.full {
                guard let old = bounds.oldest(at: now) else { break }
                _ = try await store.remove(old, at: now)
            }
        }
        throw CodeLeaseError.full
    }

    /// Gives a lease back whose code was not sent, as well as the store lets us: one that stays is used up.
    func giveBack(_ lease: CodeLease, at now: UnixTime) async {
        bounds.close()
        _ = try? await store.remove(lease.key, at: now)
    }

    /// Writes down the outcome for duplicates, and tells whether that worked. A failure costs them the answer and no
    /// user the session.
    func settle(_ lease: CodeLease, with outcome: CodeLeaseOutcome, at now: UnixTime) async -> Bool {
        bounds.settle(lease.key, at: now)
        var record = lease.record
        let context = SealingContext(lease.key, absoluteEnd: record.absoluteEnd)
        let content = outcome.encoded(until: now.adding(seconds: CodeLeases.answerLifetime))
        guard let sealed = try? sealer.sealSecrets(content, in: context, browser: lease.browser) else { return false }
        record.secrets = sealed
        record.revision = Revision(random: random)
        let condition = WriteCondition.revision(lease.record.revision)
        return (try? await store.writeRecognising(record, for: lease.key, if: condition, at: now)) ?? false
    }

    /// The outcome of the request that has the lease: ``CodeLeaseAnswer/pending`` while it is still at work.
    func outcome(for attempt: LoginAttempt, at now: UnixTime) async throws -> CodeLeaseAnswer {
        let key = key(attempt.state)
        guard let record = try await store.read(key, at: now) else { return bounds.isUsedUp(key) ? .gone : .givenBack }
        guard !record.secrets.octets.isEmpty else { return .pending }
        guard let content = sealer.openSecrets(of: record, under: key, browser: browser(attempt.pending)) else {
            return .gone
        }
        return CodeLeaseOutcome(decoding: content, at: now).map(CodeLeaseAnswer.settled) ?? .gone
    }

    private func key(_ state: String) -> SessionKey { SessionKey(kind: .codeLease, digestOf: Array(state.utf8)) }

    // The label is part of what is in stores: it keeps the words of the first release.
    private func browser(_ pending: PendingLogin) -> BrowserSecret {
        BrowserSecret(deriving: Array(pending.codeVerifier.exposedText.utf8), label: "login claim")
    }
}
