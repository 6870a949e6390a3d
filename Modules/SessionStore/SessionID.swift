public import OAuthTypes
import WireFormats

/// The session id of a browser: 32 random octets, 43 letters of base64url in the session cookie.
///
/// The store never sees it. Two independent values are derived from it by HKDF-SHA-256: the ``key`` of the record, and
/// the ``browserSecret``, without which the record's secrets cannot be opened.
public struct SessionID: SecretText {
    /// The cookie's value, for the wire only.
    public let exposedText: String
    /// The key of the record.
    public let key: SessionKey
    /// Opens the record's secrets, together with the server's key.
    public let browserSecret: BrowserSecret

    /// Creates a new id. Ids are never used again.
    public init(random: RandomSource = .system) {
        self.init(octets: random.bytes(count: 32))
    }

    /// Creates an id from a cookie's value; nil for anything but 43 letters that encode 32 octets, before any store is
    /// asked.
    public init?(cookieValue text: String) {
        guard text.utf8.count == 43, let octets = Base64URL.decode(text), octets.count == 32 else { return nil }
        self.init(octets: octets)
    }

    private init(octets: [UInt8]) {
        exposedText = Base64URL.encode(octets)
        key = SessionKey(kind: .session, deriving: octets, label: "session key")
        browserSecret = BrowserSecret(deriving: octets, label: "session browser secret")
    }
}

/// A secret that only the browser can provide: 32 octets derived from a cookie. It opens what was sealed with it.
public struct BrowserSecret: Sendable, CustomStringConvertible, CustomReflectable {
    let octets: [UInt8]

    /// Derives the secret from the browser's value, at least 32 random octets. The label separates uses of one value.
    public init(deriving cookieOctets: [UInt8], label: String) {
        octets = Derivation.derive(from: cookieOctets, label: label)
    }

    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
