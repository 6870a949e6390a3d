import Concurrency
import WireFormats

/// Keeps every token that the token endpoint hands out.
final class TokenCatcher: Sendable {
    private let state = Lock<[JSONObject]>([])

    func note(_ response: JSONObject) { state.withLock { $0.append(response) } }

    var refreshTokens: [String] { all("refresh_token") }

    func all(_ name: String) -> [String] {
        state.withLock { $0.compactMap { $0[name]?.stringValue } }
    }
}
