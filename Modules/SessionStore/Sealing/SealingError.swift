/// Why sealing failed, or why there are no usable keys. It names a path or the index of a secret, never the secret.
@nonexhaustive
public enum SealingError: Error, Hashable, Sendable {
    /// libcrypto could not seal: it lacks memory or its default provider.
    case unavailable
    /// No secret at all.
    case empty
    /// More secrets than ``SealingKeys/maximumCount``.
    case tooMany(Int)
    /// The secret at this index (the newest is 0) has too few octets.
    case tooShort(index: Int, count: Int)
    /// The secret at this index is neither hexadecimal nor base64url.
    case notDecodable(index: Int)
    /// A system call on the key file failed with this error number.
    case unreadable(path: String, errno: Int32)
    /// Other users may read the key file, or it belongs to another user.
    case exposed(path: String)
    /// Others may write the mounted key file, or it belongs neither to root nor to this user.
    case writableByOthers(path: String)
    /// The key file has other content.
    case malformed(path: String)
}

extension SealingError: CustomStringConvertible {
    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .unavailable: "libcrypto cannot seal: it lacks memory or its default provider"
        case .empty: "no secret at all. Give at least one."
        case .tooMany(let count):
            "\(count) secrets, at most \(SealingKeys.maximumCount) are taken. Leave the oldest out."
        case .tooShort(let index, let count):
            "secret \(index) has \(count) octets, at least \(SealingKeys.minimumSecretCount) are needed. Make a new one."
        case .notDecodable(let index): "secret \(index) is neither hexadecimal nor base64url. Make a new one."
        case .unreadable(let path, let code):
            "\(path): cannot be read or made (errno \(code)). Check the directory's owner."
        case .exposed(let path): "\(path): others may read it. Run chmod 600 on it, or delete it to get a new one."
        case .writableByOthers(let path):
            "\(path): others may write it. Give it to root or to the app's user, and mount it read-only, mode 0440 or 0400."
        case .malformed(let path):
            "\(path): holds no secret. Delete it to get a new one; everybody is logged out then."
        }
    }
}
