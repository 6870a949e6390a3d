import OAuthTypes

/// A code that logs one user in, once. The page that asks for it shows it, so it is kept as it is.
struct LoginCode: Sendable {
    static let maximumFailures = 5

    let text: String
    let subject: SubjectID
    let email: String
    let expiresAt: UnixTime
    var failures = 0

    /// Six digits from random octets.
    static func digits(_ octets: [UInt8]) -> String {
        let number = octets.reduce(UInt64(0)) { ($0 << 8 | UInt64($1)) % 1_000_000 }
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension ServerState {
    enum LoginCodeVerdict {
        case accepted(SubjectID)
        /// It is another one than this, which can still be typed.
        case wrong(LoginCode)
        /// There is none, or none any more: used, expired, or guessed at too often.
        case gone
    }

    /// Uses up the code of a transaction if `text` is it.
    mutating func useLoginCode(
        _ text: String, of transaction: TokenDigest, at now: UnixTime
    ) -> LoginCodeVerdict {
        guard var code = self.transaction(transaction, at: now)?.loginCode else { return .gone }
        transactions[transaction]?.loginCode = nil
        guard now < code.expiresAt else { return .gone }
        guard !TokenDigest(code.text).isEqual(to: TokenDigest(text)) else { return .accepted(code.subject) }
        code.failures += 1
        guard code.failures < LoginCode.maximumFailures else { return .gone }
        transactions[transaction]?.loginCode = code
        return .wrong(code)
    }
}
