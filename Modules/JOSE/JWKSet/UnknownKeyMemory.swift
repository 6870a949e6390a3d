import OAuthTypes

/// Remembers key IDs that a fetch did not find, so that forged tokens do not cause the fetch again.
struct UnknownKeyMemory: Sendable {
    static let seconds: Int64 = 300
    static let limit = 128

    private var entries: [(keyID: KeyID, until: UnixTime)] = []

    func holds(_ keyID: KeyID, at now: UnixTime) -> Bool {
        entries.contains { $0.keyID == keyID && now < $0.until }
    }

    mutating func note(_ keyID: KeyID, at now: UnixTime) {
        entries.removeAll { $0.keyID == keyID || $0.until <= now }
        if entries.count == Self.limit { entries.removeFirst() }
        entries.append((keyID, now.adding(seconds: Self.seconds)))
    }
}
