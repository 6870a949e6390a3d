/// Why there is no signing key or no signature. Never carries the key.
@nonexhaustive
public enum SigningKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text or the octets hold no unencrypted private key in PEM or DER.
    case malformed
    /// The key is of another kind than the algorithm needs, such as another curve.
    case wrongKind
    /// The key is too weak or inconsistent.
    case unacceptable
    /// libcrypto failed.
    case cryptography

    /// The reason in words.
    public var description: String {
        switch self {
        case .malformed: "there is no unencrypted private key in PEM or DER"
        case .wrongKind: "the private key is of another kind than the algorithm needs"
        case .unacceptable: "the private key is too weak, or its parts do not belong together"
        case .cryptography: "libcrypto failed"
        }
    }
}
