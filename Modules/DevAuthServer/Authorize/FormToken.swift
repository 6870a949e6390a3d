import CryptoPrimitives
import OAuthTypes
import WireFormats

/// CSRF tokens: an authenticator over the browser's cookies and the subject of the form. A form made for one browser,
/// page or login is refused in any other. The server stores nothing for it.
struct FormToken: Sendable {
    enum Page: String {
        case login, code, provider, consent, logout

        /// The way to log in that the page is for.
        var option: DevLoginOption? {
            switch self {
            case .login: .password
            case .code: .emailCode
            case .provider: .testProvider
            case .consent, .logout: nil
            }
        }
    }

    private let key: [UInt8]

    init(random: RandomSource) {
        key = random.bytes(count: 32)
    }

    /// The token of a page; nil only if libcrypto fails.
    func text(for page: Page, bindings: [String]) -> String? {
        authenticator(for: page, bindings: bindings).map { Base64URL.encode($0) }
    }

    func accepts(_ text: String?, for page: Page, bindings: [String]) -> Bool {
        guard let text, let presented = Base64URL.decode(text) else { return false }
        guard let expected = authenticator(for: page, bindings: bindings) else { return false }
        return ConstantTime.equal(presented, expected)
    }

    private func authenticator(for page: Page, bindings: [String]) -> [UInt8]? {
        // Lengths first, so that no two lists of bindings give the same message.
        let parts = [page.rawValue] + bindings
        let message = parts.map { String($0.utf8.count) }.joined(separator: ",") + ":" + parts.joined()
        return try? HMAC.authenticate(key: key, message: Array(message.utf8))
    }
}
