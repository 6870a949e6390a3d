import AuthURL
import Concurrency
import OAuthTypes
import SessionStore

/// Return paths that are too long for a cookie, stored during their login.
///
/// The cookie then contains the path without its query and a mark. A release that does not know the mark, and a login
/// whose record is gone, lead to the page itself.
struct SavedReturns: Sendable {
    /// The maximum number of octets of a path in a cookie.
    static let longestInCookie = 1_024
    private static let mark = "#saved-request"
    private static let lifetime = PendingLogin.lifetime.wholeSeconds + 60

    /// Nil where there is none to keep them in.
    let store: (any SessionStore)?
    let sealer: RecordSealer
    let random: RandomSource
    private let quota = SavedReturnQuota()

    init(store: (any SessionStore)?, sealer: RecordSealer, random: RandomSource) {
        self.store = store
        self.sealer = sealer
        self.random = random
    }

    /// Whether a login can return to `path`.
    func take(_ path: ReturnPath) -> Bool { store != nil || !isLong(path) }

    /// What the cookie contains of `path`.
    func inCookie(_ path: ReturnPath) -> ReturnPath {
        guard isLong(path) else { return path }
        let page = path.text.prefix { $0 != "?" && $0 != "#" }
        guard page.utf8.count + SavedReturns.mark.utf8.count <= SavedReturns.longestInCookie else {
            return ReturnPath("/" + SavedReturns.mark) ?? .root
        }
        return ReturnPath(page + SavedReturns.mark) ?? .root
    }

    /// Stores a long path. False if visitors stored many lately: their number in a store has a limit.
    func keep(_ path: ReturnPath, of pending: PendingLogin, at now: UnixTime) async throws -> Bool {
        guard let store, isLong(path) else { return true }
        guard quota.allows(at: now) else { return false }
        let end = now.adding(seconds: SavedReturns.lifetime)
        let context = SealingContext(key(pending), absoluteEnd: end)
        let sealed = try sealer.sealSecrets(Array(path.text.utf8), in: context, browser: browser(pending))
        let record = SessionRecord(
            revision: Revision(random: random), idleEnd: end, absoluteEnd: end, summary: .empty, secrets: sealed)
        return try await store.writeRecognising(record, for: key(pending), if: .absent, at: now)
    }

    /// Where a login returns to, which removes the stored path; and whether that is the path it started with.
    func destination(of pending: PendingLogin, at now: UnixTime) async -> (path: ReturnPath, isWhole: Bool) {
        guard pending.returnPath.text.hasSuffix(SavedReturns.mark) else { return (pending.returnPath, true) }
        if let kept = await kept(pending, at: now) { return (kept, true) }
        return (page(of: pending), false)
    }

    /// Where a login returns to, as far as its cookie tells: a stored path without its query.
    func page(of pending: PendingLogin) -> ReturnPath {
        guard pending.returnPath.text.hasSuffix(SavedReturns.mark) else { return pending.returnPath }
        return ReturnPath(String(pending.returnPath.text.dropLast(SavedReturns.mark.count))) ?? .root
    }

    private func kept(_ pending: PendingLogin, at now: UnixTime) async -> ReturnPath? {
        guard let record = try? await store?.remove(key(pending), at: now),
            let octets = sealer.openSecrets(of: record, under: key(pending), browser: browser(pending))
        else { return nil }
        return String(validating: octets, as: UTF8.self).flatMap { ReturnPath($0) }
    }

    private func isLong(_ path: ReturnPath) -> Bool { path.text.utf8.count > SavedReturns.longestInCookie }

    private func key(_ pending: PendingLogin) -> SessionKey {
        SessionKey(kind: .savedRequest, deriving: secret(pending), label: "saved return path")
    }

    private func browser(_ pending: PendingLogin) -> BrowserSecret {
        BrowserSecret(deriving: secret(pending), label: "saved return path of a browser")
    }

    private func secret(_ pending: PendingLogin) -> [UInt8] { Array(pending.codeVerifier.exposedText.utf8) }
}

/// Bounds how many paths one process keeps: anyone may begin a login with a long one.
private final class SavedReturnQuota: Sendable {
    private static let limit = 2_000
    private static let window: Int64 = 600
    private let state = Lock((began: UnixTime.distantPast, count: 0))

    func allows(at now: UnixTime) -> Bool {
        state.withLock { state in
            if !(0..<SavedReturnQuota.window).contains(now.seconds(since: state.began)) { state = (now, 0) }
            guard state.count < SavedReturnQuota.limit else { return false }
            state.count += 1
            return true
        }
    }
}

extension LoginFlow {
    /// Stores a path that the cookie has no room for. If that fails, the login goes on and returns to the page without
    /// its query.
    func keep(_ path: ReturnPath, of pending: PendingLogin) async {
        let isKept = (try? await returns.keep(path, of: pending, at: now)) ?? false
        if !isKept { recordShortened(pending) }
    }

    /// Where a completed login returns to.
    func destination(of pending: PendingLogin) async -> String {
        let destination = await returns.destination(of: pending, at: now)
        if !destination.isWhole { recordShortened(pending) }
        return destination.path.text
    }

    private func recordShortened(_ pending: PendingLogin) {
        record("login.return_shortened", from: .webApp, to: .webApp, correlationID: pending.correlationID)
    }
}

extension FlowProblem {
    static func returnPathTooLong(correlationID: String) -> FlowProblem {
        FlowProblem(
            status: 414, code: "return_path_too_long", title: "This address is too long to come back to",
            detail: "Log in first, and then open the page again.", turn: .user,
            diagnosis:
                "without a store a login leads back to paths of at most \(SavedReturns.longestInCookie) octets",
            correlationID: correlationID)
    }
}
