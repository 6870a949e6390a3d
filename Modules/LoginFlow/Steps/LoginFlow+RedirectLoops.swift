import OAuthTypes

// A login whose session is lost at once – a store that forgets, keys that differ between processes – would cause an
// endless redirect loop, because the provider still knows the user. A cookie counts the logins after which no session
// was seen.
extension LoginFlow {
    private static let limit = 3
    private static let window: Int64 = 60

    /// Whether this browser has logged in several times within a minute and is still not logged in.
    func isInRedirectLoop(_ request: BrowserRequest) -> Bool {
        completedLogins(request) >= LoginFlow.limit
    }

    /// Counts one more completed login.
    func loopCookie(after request: BrowserRequest) -> HeaderField? {
        cookies.field(cookies.redirectLoop, value: String(completedLogins(request) + 1), maxAge: LoginFlow.window)
    }

    /// Ends the count: a session was seen.
    func loopEnd(_ request: BrowserRequest) -> [HeaderField] {
        cookies.end(of: cookies.redirectLoop, in: request)
    }

    private func completedLogins(_ request: BrowserRequest) -> Int {
        let count = cookies.onlyValue(of: cookies.redirectLoop, in: request).flatMap { Int($0) } ?? 0
        return min(max(count, 0), LoginFlow.limit)
    }
}
