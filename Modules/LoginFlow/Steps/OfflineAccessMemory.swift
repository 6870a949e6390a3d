import AuthURL
import Concurrency
import OAuthTypes

/// What token responses have shown about `offline_access` at this provider, for a day at a time.
///
/// Only the token endpoint teaches. A callback comes through a browser, and anyone could make one up, with effect on all users.
final class OfflineAccessMemory: Sendable {
    /// How the scope is requested.
    enum Way: Sendable, Equatable {
        case plain, withConsent
    }

    private enum Lesson: Equatable {
        /// A refresh token was issued without consent being requested.
        case plainWorks
        /// None was issued.
        case consentIsNeeded(worked: Bool)
        /// None was issued although consent was requested: that only bothers users.
        case consentIsVain
    }

    private static let lifetime: Int64 = 86_400
    private let lesson = Lock<(Lesson, until: UnixTime)?>(nil)

    /// How to request it now.
    func way(at now: UnixTime) -> Way {
        if case .consentIsNeeded = current(at: now) { .withConsent } else { .plain }
    }

    /// Records what the token endpoint issued for a login.
    func learn(from traits: LoginTraits, gotRefreshToken: Bool, at now: UnixTime) {
        guard traits.contains(.askedOfflineAccess) else { return }
        let known = current(at: now)
        let learnt: Lesson? =
            switch (traits.contains(.askedConsent), gotRefreshToken, known) {
            case (false, true, _): .plainWorks
            case (false, false, nil): .consentIsNeeded(worked: false)
            case (true, true, .consentIsNeeded): .consentIsNeeded(worked: true)
            case (true, false, .consentIsNeeded(worked: false)): .consentIsVain
            default: nil
            }
        guard let learnt else { return }
        lesson.withLock { lesson in
            let end = now.adding(seconds: Self.lifetime)
            // That consent works says nothing about doing without it, which is tried again after a day.
            let isSame = learnt == .consentIsNeeded(worked: true)
            lesson = (learnt, until: isSame ? min(lesson?.until ?? end, end) : end)
        }
    }

    private func current(at now: UnixTime) -> Lesson? {
        lesson.withLock { $0.flatMap { now < $0.until ? $0.0 : nil } }
    }
}

extension AuthorizationRequest {
    /// Asks for `offline_access` the way that leads to a login, or no longer asks for it.
    mutating func askForOfflineAccess(_ access: OfflineAccess, way: OfflineAccessMemory.Way) {
        guard scope.contains("offline_access") else { return }
        let isPlain = access == .plain || access == .automatic && way == .plain
        if access == .never || !isPlain && prompt.contains(.none) {
            scope = scope.without("offline_access")
        } else if !isPlain, !prompt.contains(.consent) {
            // Core §11: the provider may leave the scope out otherwise; login stays where it is asked for.
            prompt.append(.consent)
        }
    }
}

extension Scope {
    /// The scope without `value`.
    func without(_ value: String) -> Scope { (try? Scope(values.filter { $0 != value })) ?? self }
}
