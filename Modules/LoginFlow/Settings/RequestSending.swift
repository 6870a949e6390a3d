/// Whether a way to send authorization requests is used that not every provider knows.
public enum RequestSending: Sendable, Hashable {
    /// Where the provider demands it.
    case automatic
    /// Always. A provider that does not know it is refused before a user is sent there.
    case always
    /// Never. A provider that demands it is refused before a user is sent there.
    case never

    func isUsed(demanded: Bool) -> Bool {
        switch self {
        case .automatic: demanded
        case .always: true
        case .never: false
        }
    }
}
