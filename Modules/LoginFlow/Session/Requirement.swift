import OAuthTypes
import WireFormats

/// What a page or endpoint requires.
///
///     flow.admit(request, requiring: .login(maxAge: .seconds(300)))
public struct Requirement: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case none, silentLogin, login
    }

    let kind: Kind
    /// How long ago the user may have logged in at the provider; nil: as long as the session lives. Clocks may differ by
    /// a minute, so a minute is added. The session must say when it was, so a session that began without `max_age` at a
    /// provider that otherwise tells no `auth_time` does not meet it.
    public let maxAge: Duration?
    /// The authentication contexts of which the session must have one, best first; empty: any.
    public let acrValues: [String]

    /// No login.
    public static let none = Requirement(.none)
    /// No login, but the session of a user who is logged in at the provider: a visitor's browser asks there once
    /// (`prompt=none`), without a page, and comes back with or without a session. ``LoginSettings/silentLoginPause`` turns
    /// it on and says after which time it asks again; without that, it is ``none``.
    public static let silentLogin = Requirement(.silentLogin)
    /// A logged-in user.
    public static let login = Requirement(.login)

    /// A logged-in user who logged in at the provider lately, or in a certain way.
    ///
    /// A session that does not meet it is not enough: a navigation is sent to the provider with `max_age` and `acr_values`
    /// and comes back to the same page, a script gets 401. The new login must meet it, or it is refused.
    /// - Parameters:
    ///   - maxAge: how long ago the login may have been, in whole seconds.
    ///   - acrValues: the accepted authentication contexts, best first.
    public static func login(maxAge: Duration? = nil, acrValues: [String] = []) -> Requirement {
        Requirement(.login, maxAge: maxAge, acrValues: acrValues)
    }

    private init(_ kind: Kind, maxAge: Duration? = nil, acrValues: [String] = []) {
        self.kind = kind
        self.maxAge = maxAge
        self.acrValues = acrValues
    }
}

extension Requirement {
    // The leeway of the check at login: what passed there must not fail here at once.
    private static let leeway: Int64 = 60

    func isMet(by session: OpenSession, at now: UnixTime) -> Bool {
        isRecent(session.claims["auth_time"]?.timeValue, at: now) && accepts(session.claims["acr"]?.stringValue)
    }

    private func isRecent(_ login: UnixTime?, at now: UnixTime) -> Bool {
        guard let maxAge else { return true }
        guard let login else { return false }
        return now <= login.adding(seconds: max(maxAge.wholeSeconds, 0)).adding(seconds: Requirement.leeway)
    }

    private func accepts(_ acr: String?) -> Bool {
        acrValues.isEmpty || acrValues.contains { acr?.utf8.elementsEqual($0.utf8) ?? false }
    }
}
