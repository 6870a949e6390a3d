import CLibcurl
import OAuthTypes

/// What the loop's thread does: it starts transfers, drives them, and answers those that have ended.
struct Reactor {
    private let multi: MultiHandle
    private let settings: TransferSettings
    private var active: [EasyHandle.Identity: Transfer] = [:]
    private var waiting = WaitingLine()

    private init(multi: MultiHandle, settings: TransferSettings) {
        self.multi = multi
        self.settings = settings
    }

    /// Serves `loop` until it is closed or libcurl fails, then answers what is left and closes every connection.
    static func run(_ settings: TransferSettings, serving loop: EventLoop) {
        if let multi = loop.multi {
            var reactor = Reactor(multi: multi, settings: settings)
            while let work = loop.takeWork(), reactor.turn(with: work) {}
            reactor.endAll()
        }
        loop.close()
        for arrival in loop.takeLastWork().arrivals { arrival.refuse(.unavailable) }
    }

    /// False when libcurl cannot go on.
    private mutating func turn(with work: EventLoop.Work) -> Bool {
        let now = Reactor.now
        for arrival in work.arrivals {
            let total = Int(millisecondsOf: arrival.exchange.limits.total)
            waiting.append(WaitingLine.Place(arrival: arrival, deadline: now + total))
        }
        if work.hasCancellations { endCancelled() }
        for place in waiting.takeLate(at: now) { place.arrival.refuse(.timedOut) }
        for place in waiting.takeFirst(room) { begin(place, at: now) }
        guard multi.perform() else { return false }
        while let ended = multi.nextEnded() { end(ended.identity, by: .completed(ended.code)) }
        return multi.wait(atMost: longestWait)
    }

    // The loop's clock in milliseconds.
    private static var now: Int {
        let (seconds, attoseconds) = Stopwatch.system.reading.components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private var room: Int { settings.configuration.maximumConnections - active.count }

    // A transfer has a deadline of its own in libcurl.
    private var longestWait: Int {
        guard let deadline = waiting.earliestDeadline else { return .max }
        return room > 0 ? 0 : deadline - Reactor.now
    }

    private mutating func begin(_ place: WaitingLine.Place, at now: Int) {
        let arrival = place.arrival
        guard !arrival.exchange.isCancelled else { return arrival.refuse(.cancelled) }
        guard let transfer = Transfer(arrival, by: settings, milliseconds: place.deadline - now),
            multi.add(transfer.easy)
        else { return arrival.refuse(.unavailable) }
        active[transfer.easy.identity] = transfer
    }

    private mutating func end(_ identity: EasyHandle.Identity, by end: Transfer.End) {
        guard let transfer = active.removeValue(forKey: identity) else { return }
        // Removed before it is answered: a connection that is not kept is closed here.
        multi.remove(transfer.easy)
        transfer.resume(after: end)
    }

    private mutating func endCancelled() {
        for (identity, transfer) in active where transfer.isCancelled { end(identity, by: .cancelled) }
        for place in waiting.takeCancelled() { place.arrival.refuse(.cancelled) }
    }

    private mutating func endAll() {
        for identity in active.keys { end(identity, by: .closed) }
        for place in waiting.takeFirst(.max) { place.arrival.refuse(.unavailable) }
    }
}
