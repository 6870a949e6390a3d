public import APIClient

extension LoginSettings {
    /// How refreshes are done and what their ends mean for the session.
    public struct RefreshRules: Sendable {
        /// What becomes of a session whose refresh token the provider calls invalid (`invalid_grant`, RFC 6749 §5.2).
        public enum AfterInvalidGrant: Sendable, Hashable {
            /// It ends: its rights at the provider have ended. The user's next request is a visitor's.
            case endSession
            /// It goes on without access tokens: for apps that call APIs on the side. Calls ask for a login.
            case keepSession
        }

        /// What ending sessions in a list does to their refresh tokens: ``SessionDirectory``.
        public enum SessionRevocation: Sendable, Hashable {
            /// Nothing: they end with the records. Right where a provider takes the revocation of one token for the end of
            /// all that the user granted the app, as Google does: it would end the sessions that are to stay.
            case sessionsOnly
            /// They are revoked at the provider (RFC 7009), as far as the server can open them. For that, sessions that
            /// are written from now on keep their refresh token a second time, sealed without the browser's secret: whoever
            /// steals the store *and* the sealing keys can then use them.
            case refreshTokensToo
        }

        /// When tokens are refreshed, how long anybody waits, and what follows a lost answer.
        public var policy = RefreshPolicy()
        /// What becomes of a session whose refresh token is called invalid.
        public var afterInvalidGrant = AfterInvalidGrant.endSession
        /// What ending sessions in a list does to their refresh tokens.
        public var onRevocation = SessionRevocation.sessionsOnly

        /// The defaults of each.
        public init() {}
    }
}
