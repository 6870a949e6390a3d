import LoginFlow
import OAuthTypes
import SessionStore

/// An app without a store: the session is in the browser, sealed.
struct CookieApp {
    /// Sessions that began earlier are refused. It has to outlive the process: keep its time where every process reads
    /// it at the start, such as a row of your database or a setting.
    let epoch: RevocationEpoch
    let flow: LoginFlow

    init(
        _ settings: LoginSettings, refusingBefore time: UnixTime, keys: SealingKeys,
        environment: LoginFlow.Environment
    ) throws(SettingsError) {
        epoch = RevocationEpoch(time)
        let sessions = CookieSessions(epoch: epoch, maximumCookies: 2)
        flow = try LoginFlow(settings, cookies: sessions, keys: keys, environment: environment)
    }

    /// Logs everybody out, in this process and from now on.
    func endEverySession(now: UnixTime) {
        epoch.raise(to: now.adding(.seconds(1)))
    }
}
