/// Who can open the secrets of a record.
public enum SealingMode: UInt8, Hashable, Sendable {
    /// The server's keys and the browser's cookie together. A stolen store, even with the server's keys, is not a set
    /// of tokens; the server cannot refresh or revoke while the browser is away.
    case browserBound = 1
    /// The server's keys alone, for apps that must refresh or revoke while the browser is away. The store and the keys
    /// together are then the tokens.
    case serverReadable = 2
}
