import OAuthTypes
import SessionStore

/// A ring that begins with one key, goes on with a newer one in front, and ends with the newer one alone.
struct RotatingKeys: Sendable {
    let ring: SealingKeyRing
    let new: SealingKeys
    private let both: SealingKeys
    private let turned: SealingKeys

    init() throws {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        ring = SealingKeyRing(try SealingKeys(secrets: [old]))
        self.new = try SealingKeys(secrets: [new])
        both = try SealingKeys(secrets: [new, old])
        turned = try SealingKeys(secrets: [old, new])
    }

    /// The newer key seals, the older one opens.
    func begin() { ring.replace(with: both) }

    /// The older key is gone.
    func finish() { ring.replace(with: new) }

    /// Both keys change places; always true.
    func turn() -> Bool {
        let sealed = try? ring.sealer(for: .summary).seal([], context: [])
        let isNew = sealed.map { new.sealer(for: .summary).isCurrent($0) } ?? false
        ring.replace(with: isNew ? turned : both)
        return true
    }
}

extension FlowFixture {
    /// How often something sealed did not open.
    var openFailures: Int { events.events.count { $0.name == "session.open_failed" } }
}
