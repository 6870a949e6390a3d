public import APIClient

extension LoginSettings {
    /// How tokens are refreshed, and what the end of refreshing means for the session.
    public struct RefreshRules: Sendable {
        /// What happens to a session when the provider answers a refresh with `invalid_grant` (RFC 6749 §5.2).
        public enum AfterInvalidGrant: Sendable, Hashable {
            /// The session ends, because its rights at the provider have ended. The user's next request has no login.
            case endSession
            /// The session goes on without access tokens: for apps to which APIs are secondary. Calls then ask for a
            /// login.
            case keepSession
        }

        /// What ending sessions in a ``SessionDirectory`` does to their refresh tokens.
        public enum SessionRevocation: Sendable, Hashable {
            /// Nothing: the tokens are removed with the records. Right for a provider where revoking one token ends
            /// everything the user granted the app, as at Google: it would end the sessions that should stay.
            case sessionsOnly
            /// They are revoked at the provider (RFC 7009), as far as the server can open them. For that, sessions that
            /// are written from now on keep their refresh token a second time, sealed without the browser's secret: a
            /// thief of the store *and* the sealing keys can then use them.
            case refreshTokensToo
        }

        /// When tokens are refreshed, how long a caller waits, and what follows a lost answer.
        public var policy = RefreshPolicy()
        /// What happens to a session after `invalid_grant`.
        public var afterInvalidGrant = AfterInvalidGrant.endSession
        /// What ending sessions in a list does to their refresh tokens.
        public var onRevocation = SessionRevocation.sessionsOnly

        /// Creates the default rules.
        public init() {}
    }
}
