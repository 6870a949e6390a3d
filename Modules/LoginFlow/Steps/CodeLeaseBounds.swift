import Concurrency
import OAuthTypes
import SessionStore

/// How many code leases one process keeps.
package struct CodeLeaseLimits: Sendable {
    /// The most leases that are kept.
    package var count = 80_000
    /// How long a settled lease is kept in any case, in seconds: as long as duplicates get its answer.
    package var settledFor: Int64 = CodeLeases.answerLifetime
    /// How many leases one client takes in a minute once half of them are in use.
    package var perClient = 600
    /// How many leases that had to go are remembered by a few octets each.
    package var remembered = 1_000_000

    package init() {}
}

/// Why a login gets no lease for now.
enum CodeLeaseError: Error {
    /// All leases are in use.
    case full
    /// The client has used its share.
    case client
}

/// Bounds the code leases of a process, so that failing callbacks, which anyone can send, keep no user out.
///
/// A lease goes early only when it was settled a while ago, and is then remembered by a part of its key until its login
/// has expired: its code is not sent again. Half of the leases are for clients that have not taken their share.
final class CodeLeaseBounds: Sendable {
    enum Verdict {
        /// There is room, and it is reserved.
        case go
        /// There will be, when this lease is out of the store.
        case remove(SessionKey)
        case refuse(CodeLeaseError)
    }

    private let limits: CodeLeaseLimits
    private let state: Lock<CodeLeaseCensus>

    init(_ limits: CodeLeaseLimits) {
        self.limits = limits
        state = Lock(CodeLeaseCensus())
    }

    /// Asks for room for one lease; ``close()`` gives it back.
    func open(for client: ClientAddress?, at now: UnixTime) -> Verdict {
        state.withLock { $0.open(for: client, within: limits, at: now) }
    }

    /// A lease that may go, although there seemed to be room.
    func oldest(at now: UnixTime) -> SessionKey? { state.withLock { $0.forget(limits, at: now) } }

    /// Gives room back that no lease was taken for.
    func close() { state.withLock { $0.open -= 1 } }

    /// Notes that a lease has its outcome.
    func settle(_ key: SessionKey, at now: UnixTime) { state.withLock { $0.settle(key, at: now) } }

    /// Whether a lease was taken and had to go.
    func isUsedUp(_ key: SessionKey) -> Bool { state.withLock { $0.isUsedUp(key) } }
}

/// The leases of a process: a value, changed under a lock.
private struct CodeLeaseCensus {
    private static let window: Int64 = 60
    private static let clientLimit = 65_536

    /// Leases without an outcome.
    var open = 0
    // In the order in which they were settled; those before `first` are removed, those before `fresh` may be removed.
    private var settled: [(key: SessionKey, at: UnixTime)] = []
    private var first = 0
    private var fresh = 0
    private var used: (now: Set<UInt64>, before: Set<UInt64>) = ([], [])
    private var usedSince = UnixTime.distantPast
    private var clients: [ClientAddress: Int] = [:]
    private var clientsSince = UnixTime.distantPast

    mutating func open(for client: ClientAddress?, within limits: CodeLeaseLimits, at now: UnixTime)
        -> CodeLeaseBounds.Verdict
    {
        advance(limits, at: now)
        let inUse = open + settled.count - fresh
        if let client, inUse >= limits.count / 2, clients[client, default: 0] >= limits.perClient {
            return .refuse(.client)
        }
        guard open + settled.count - first >= limits.count else {
            open += 1
            count(client)
            return .go
        }
        return forget(limits, at: now).map { .remove($0) } ?? .refuse(.full)
    }

    mutating func forget(_ limits: CodeLeaseLimits, at now: UnixTime) -> SessionKey? {
        advance(limits, at: now)
        guard first < fresh, used.now.count + used.before.count < limits.remembered else { return nil }
        let key = settled[first].key
        first += 1
        used.now.insert(CodeLeaseCensus.mark(of: key))
        return key
    }

    mutating func settle(_ key: SessionKey, at now: UnixTime) {
        open -= 1
        settled.append((key, now))
    }

    func isUsedUp(_ key: SessionKey) -> Bool {
        guard !used.now.isEmpty || !used.before.isEmpty else { return false }
        let mark = CodeLeaseCensus.mark(of: key)
        return used.now.contains(mark) || used.before.contains(mark)
    }

    private mutating func advance(_ limits: CodeLeaseLimits, at now: UnixTime) {
        while fresh < settled.count, now.seconds(since: settled[fresh].at) >= limits.settledFor { fresh += 1 }
        // What has expired is out of the store by itself, or is so soon.
        while first < fresh, now.seconds(since: settled[first].at) >= CodeLeases.lifetime { first += 1 }
        if first > 1_024, first > settled.count / 2 {
            settled.removeFirst(first)
            (first, fresh) = (0, fresh - first)
        }
        if isOver(usedSince, length: CodeLeases.lifetime, at: now) { (used, usedSince) = (([], used.now), now) }
        if isOver(clientsSince, length: CodeLeaseCensus.window, at: now) { (clients, clientsSince) = ([:], now) }
    }

    // Callbacks at once may come here with their times the other way round: that ends nothing.
    private func isOver(_ start: UnixTime, length: Int64, at now: UnixTime) -> Bool {
        !(-length..<length).contains(now.seconds(since: start))
    }

    private mutating func count(_ client: ClientAddress?) {
        guard let client, clients[client] != nil || clients.count < CodeLeaseCensus.clientLimit else { return }
        clients[client, default: 0] += 1
    }

    // The digest is one of a state of 256 random bits that the flow has made: no client chooses it.
    private static func mark(of key: SessionKey) -> UInt64 {
        key.digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
