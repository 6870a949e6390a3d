import OAuthTypes

/// The result of ending sessions in a list.
public struct EndedSessions: Sendable, Hashable {
    /// How many sessions were ended.
    public internal(set) var count = 0
    /// How many of their refresh tokens are being sent to the provider's revocation endpoint; ``LoginFlow/run(every:)``
    /// waits for them.
    public internal(set) var tokensRevoked = 0
    /// How many of them have, or may have, a refresh token that was left as it is: because
    /// ``LoginSettings/RefreshRules/onRevocation`` says so, or because only the browser's cookie opens it, as in sessions
    /// that were written before that setting. No session holds such a token any more, and the provider accepts it until it ends.
    public internal(set) var tokensLeft = 0
}

/// What remains to be done after sessions were ended.
struct Revocations {
    var ended = EndedSessions()
    private(set) var tokens: [RefreshToken] = []

    mutating func note(_ token: RevocableToken) {
        ended.count += 1
        switch token {
        case .token(let token):
            ended.tokensRevoked += 1
            tokens.append(token)
        case .sealed: ended.tokensLeft += 1
        case .none: break
        }
    }
}
