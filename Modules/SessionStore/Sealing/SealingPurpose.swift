/// The purpose of sealing. Each purpose has its own keys: what was sealed for one never opens for another.
public struct SealingPurpose: Hashable, Sendable {
    let label: String

    /// Creates a purpose with a unique name.
    public init(_ label: String) { self.label = label }

    /// The summary of a record.
    public static let summary = SealingPurpose("record summary")
    /// The data key of a record's secrets.
    public static let secrets = SealingPurpose("record secrets")
    /// The cookie of a login in progress.
    public static let pendingLogin = SealingPurpose("pending login")
}
