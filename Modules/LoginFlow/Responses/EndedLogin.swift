import AuthURL
import OAuthTypes
import SessionStore
import WireFormats

/// What a browser keeps of a login that has ended, in the place of the pending login: the page that was asked for. When
/// the callback is opened again, by a reload or the back button, it leads there.
struct EndedLogin {
    private static let version: UInt8 = 1
    // No octet of base64url: a value shows by itself that its login has ended.
    private static let mark = "."
    static let longestPath = 160

    let returnPath: ReturnPath

    /// The value of the cookie `name`.
    func sealed(by sealer: Sealer, for name: String) throws -> String {
        let octets = [EndedLogin.version] + Array(returnPath.text.utf8)
        return EndedLogin.mark + Base64URL.encode(try sealer.seal(octets, context: EndedLogin.context(name)))
    }

    init(returnPath: ReturnPath) { self.returnPath = returnPath }

    /// Nil for the value of a login in progress, and for one that does not open.
    init?(opening value: String, by sealer: Sealer, for name: String) {
        guard EndedLogin.isOne(value), let sealed = Base64URL.decode(String(value.dropFirst())),
            let octets = sealer.open(sealed, context: EndedLogin.context(name)), octets.first == EndedLogin.version,
            let path = String(validating: octets.dropFirst(), as: UTF8.self).flatMap({ ReturnPath($0) })
        else { return nil }
        returnPath = path
    }

    /// Whether the value of a cookie is that of a login that has ended.
    static func isOne(_ value: String) -> Bool { value.hasPrefix(mark) }

    // Not that of a pending login: neither is read as the other.
    private static func context(_ name: String) -> [UInt8] { Array("\(name)#ended".utf8) }
}

extension LoginFlow {
    /// `reply` with the cookie of its login changed into that of an ended one, where the head has room for it; expired
    /// otherwise.
    func ending(_ cookie: String, returningTo path: ReturnPath, in reply: BrowserReply) -> BrowserReply {
        let page = ReturnPath(String(path.text.prefix { $0 != "?" && $0 != "#" }))
        // Shorter than the pending login that it takes the place of: ten of them fit where ten of those did.
        let paths = [path, page].compactMap(\.self).filter { $0.text.utf8.count <= EndedLogin.longestPath }
        let kept = paths.lazy.compactMap {
            self.field(of: EndedLogin(returnPath: $0), named: cookie)
        }
        let field = kept.first { reply.fits(beside: self.privateFields + [$0]) } ?? cookies.expired(cookie)
        return reply.adding(ReplyFields([field].compactMap(\.self)))
    }

    private func field(of login: EndedLogin, named cookie: String) -> HeaderField? {
        guard let value = try? login.sealed(by: pendingSealer, for: cookie) else { return nil }
        return cookies.field(cookie, value: value, maxAge: PendingLogin.lifetime.wholeSeconds)
    }
}
