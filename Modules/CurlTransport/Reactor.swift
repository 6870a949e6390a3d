import CLibcurl
import OAuthTypes

/// What the loop's thread does: it starts transfers, drives them, and answers those that have ended.
struct Reactor {
    private let multi: MultiHandle
    private let configuration: CurlConfiguration
    private var active: [EasyHandle.Identity: Transfer] = [:]

    private init(multi: MultiHandle, configuration: CurlConfiguration) {
        self.multi = multi
        self.configuration = configuration
    }

    /// Serves `loop` until it is closed or libcurl fails, then answers what is left and closes every connection.
    static func run(_ configuration: CurlConfiguration, serving loop: EventLoop) {
        if let multi = loop.multi {
            var reactor = Reactor(multi: multi, configuration: configuration)
            while let work = loop.takeWork(), reactor.turn(with: work) {}
            reactor.endActive()
        }
        loop.close()
        for arrival in loop.takeLastWork().arrivals { arrival.refuse(.unavailable) }
    }

    private mutating func turn(with work: EventLoop.Work) -> Bool {
        for arrival in work.arrivals { begin(arrival) }
        if work.hasCancellations { endCancelled() }
        guard multi.perform() else { return false }
        while let ended = multi.nextEnded() { end(ended.identity, .completed(ended.code)) }
        return multi.wait()
    }

    private mutating func begin(_ arrival: EventLoop.Arrival) {
        guard !arrival.exchange.isCancelled else { return arrival.refuse(.cancelled) }
        guard let transfer = Transfer(arrival, configuration), multi.add(transfer.easy) else {
            return arrival.refuse(.unavailable)
        }
        active[transfer.easy.identity] = transfer
    }

    private mutating func end(_ identity: EasyHandle.Identity, _ end: Transfer.End) {
        guard let transfer = active.removeValue(forKey: identity) else { return }
        // Removed before it is answered: a connection that is not kept is closed here.
        multi.remove(transfer.easy)
        transfer.resume(after: end)
    }

    private mutating func endCancelled() {
        for (identity, transfer) in active where transfer.isCancelled { end(identity, .cancelled) }
    }

    private mutating func endActive() {
        for identity in active.keys { end(identity, .closed) }
    }
}
