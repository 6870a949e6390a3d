import CryptoPrimitives
import OAuthTypes
import WireFormats

/// Anti-forgery tokens: an authenticator over the browser's cookies and what the form is about. A form made for one
/// browser, page or login is refused in any other; nothing has to be kept.
struct FormToken: Sendable {
    enum Page: String {
        case login, consent, logout
    }

    private let key: [UInt8]

    init(random: RandomSource) {
        key = random.bytes(count: 32)
    }

    /// The token of a page; nil only if libcrypto fails.
    func text(for page: Page, _ bindings: [String]) -> String? {
        authenticator(page, bindings).map { Base64URL.encode($0) }
    }

    func fits(_ text: String?, _ page: Page, _ bindings: [String]) -> Bool {
        guard let text, let presented = Base64URL.decode(text) else { return false }
        guard let expected = authenticator(page, bindings) else { return false }
        return ConstantTime.equal(presented, expected)
    }

    private func authenticator(_ page: Page, _ bindings: [String]) -> [UInt8]? {
        // Lengths first, so that no two lists of bindings give the same message.
        let parts = [page.rawValue] + bindings
        let message = parts.map { String($0.utf8.count) }.joined(separator: ",") + ":" + parts.joined()
        return try? HMAC.authenticate(key: key, message: Array(message.utf8))
    }
}
