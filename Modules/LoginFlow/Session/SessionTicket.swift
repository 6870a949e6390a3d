import OAuthTypes

/// What the browser gets for a session: an id, or the sealed session itself.
struct SessionTicket: SecretText {
    let exposedText: String
    /// When it becomes useless.
    let endsAt: UnixTime
    /// Whether it is the session itself, which may take several cookies.
    let isSealed: Bool
}
