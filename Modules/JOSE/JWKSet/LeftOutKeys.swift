/// The keys of a set that are not used, counted by reason, for a diagnosis. Never contains a key.
public struct LeftOutKeys: Hashable, Sendable, CustomStringConvertible {
    /// A reason, and the number of keys.
    public struct Reason: Hashable, Sendable {
        /// Why they are not used.
        public let reason: JWKRefusalReason
        /// The number of keys.
        public fileprivate(set) var count: Int
    }

    /// The reasons, in the order of the set.
    public private(set) var reasons: [Reason] = []

    /// No keys: all keys of the set are used.
    public static let none = LeftOutKeys()

    private init() {}

    init(_ refusals: [JWKSet.Refusal]) {
        for refusal in refusals {
            guard let index = reasons.firstIndex(where: { $0.reason == refusal.reason }) else {
                reasons.append(Reason(reason: refusal.reason, count: 1))
                continue
            }
            reasons[index].count += 1
        }
    }

    /// The number of keys that are left out.
    public var count: Int { reasons.reduce(0) { $0 + $1.count } }

    /// Whether no key is left out.
    public var isEmpty: Bool { reasons.isEmpty }

    /// The number and the reasons, such as `2 keys of the set are left out: 1 unsupported key type or curve, 1 x is
    /// missing or malformed`.
    public var description: String {
        let why = reasons.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
        return switch count {
        case 0: "no key of the set is left out"
        case 1: "1 key of the set is left out: \(reasons.first.map { "\($0.reason)" } ?? "")"
        default: "\(count) keys of the set are left out: \(why)"
        }
    }

    /// The description as a further clause; empty if no key is left out.
    var clause: String { isEmpty ? "" : "; \(self)" }
}
