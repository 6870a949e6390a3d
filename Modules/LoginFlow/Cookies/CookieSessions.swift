import Concurrency
public import OAuthTypes

/// Sessions in the browser's cookie instead of a store: how large they may be, and what ends all of them.
///
/// A single session cannot be ended on the server: a copy of its cookie can be replayed after the logout until the idle
/// or absolute end, or until the epoch. Refresh tokens are not kept.
public struct CookieSessions: Sendable {
    /// Sessions whose login was completed before it are refused.
    public var epoch: RevocationEpoch
    /// The maximum number of cookies of a session, 1…5, each of at most 4,096 octets with its name and attributes. A
    /// session that needs more is refused at login.
    public var maximumCookies: Int

    /// Creates sessions in cookies.
    public init(epoch: RevocationEpoch, maximumCookies: Int = 1) {
        self.epoch = epoch
        self.maximumCookies = maximumCookies
    }

    func faults(with settings: LoginSettings) -> [SettingFault] {
        [countFault, scopeFault(settings)].compactMap(\.self)
    }

    private var countFault: SettingFault? {
        guard !(1...CookieChunks.maximumCount).contains(maximumCookies) else { return nil }
        return SettingFault(
            setting: "maximumCookies", problem: "it is out of bounds",
            fix: "Use 1 to \(CookieChunks.maximumCount) cookies; more do not fit into a request.")
    }

    private func scopeFault(_ settings: LoginSettings) -> SettingFault? {
        guard settings.scope?.contains("offline_access") == true else { return nil }
        return SettingFault(
            setting: "scope", problem: "offline_access asks for a refresh token, which sessions in cookies cannot keep",
            fix: "Leave it out, or keep sessions in a store.")
    }
}

/// A time before which no login counts. It can be raised while the flow runs and never falls.
public final class RevocationEpoch: Sendable {
    private let moment: Lock<UnixTime>

    /// Refuses sessions whose login was completed before `time`; `.distantPast` refuses none.
    public init(_ time: UnixTime) { moment = Lock(time) }

    /// The current epoch.
    public var time: UnixTime { moment.withLock { $0 } }

    /// Refuses sessions whose login was completed before `time`; a time before the current epoch changes nothing.
    ///
    /// Times are whole seconds: to include the current second, raise the epoch to the next one.
    public func raise(to time: UnixTime) { moment.withLock { $0 = max($0, time) } }
}
