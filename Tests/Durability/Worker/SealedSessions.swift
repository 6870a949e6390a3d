import OAuthTypes
import SessionStore

/// Sessions as a server keeps them: sealed under keys that are not in the store. Cookies, subjects and tokens are told to
/// the driver, who searches the store's files for them.
final class SealedSessions {
    private let store: any IndexedSessionStore
    private let sealer: RecordSealer

    init(store: any IndexedSessionStore) {
        self.store = store
        sealer = RecordSealer(keys: SealingKeys(generatedBy: .system))
    }

    /// Creates `count` sessions, updates every second and removes every third; says `COOKIE SUBJECT TOKEN` for each, and `end`.
    func create(_ count: Int, at now: UnixTime, telling channel: Channel) async {
        for number in 0..<count {
            let id = SessionID()
            let (subject, token) = (
                "canary-subject-\(number)", "canary-token-\(number)-\(String(id.exposedText.reversed()))"
            )
            do {
                let record = try record(for: id, subject: subject, token: token, at: now)
                guard try await store.write(record, for: id.key, if: .absent, at: now) else { continue }
                if number.isMultiple(of: 2) {
                    let next = try self.record(for: id, subject: subject, token: token, at: now)
                    _ = try await store.write(next, for: id.key, if: .revision(record.revision), at: now)
                }
                if number.isMultiple(of: 3) { _ = try await store.remove(id.key, at: now) }
                channel.say("\(id.exposedText) \(subject) \(token)")
            } catch { channel.say(Session.describe(error)) }
        }
        channel.say("end")
    }

    /// What the session's secrets hold, or nil when it is gone.
    func token(cookie: String, at now: UnixTime) async -> String? {
        guard
            let id = SessionID(cookieValue: cookie), let record = try? await store.read(id.key, at: now),
            let octets = sealer.openSecrets(of: record, under: id.key, browser: id.browserSecret)
        else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }

    private func record(for id: SessionID, subject: String, token: String, at now: UnixTime) throws -> SessionRecord {
        let end = now.adding(seconds: 3_600)
        let context = SealingContext(id.key, absoluteEnd: end)
        return SessionRecord(
            revision: Revision(), idleEnd: end, absoluteEnd: end,
            summary: try sealer.sealSummary(Array(subject.utf8), in: context),
            secrets: try sealer.sealSecrets(Array(token.utf8), in: context, browser: id.browserSecret),
            tags: [Sample.tag("sealed")].compactMap(\.self))
    }
}
