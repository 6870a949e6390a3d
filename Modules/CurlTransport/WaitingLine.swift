/// Exchanges that wait for their turn, first come first served.
///
/// libcurl could hold them back itself, but 7.88 forgets the deadline of a transfer that waits for a connection.
struct WaitingLine {
    /// An exchange with the moment at which it has to have ended, in milliseconds of the loop's clock.
    struct Place: Sendable {
        let arrival: EventLoop.Arrival
        let deadline: Int
    }

    private var places: [Place] = []

    /// No deadline is before this; nil if no exchange waits. Exchanges that have gone may leave it too early.
    private(set) var earliestDeadline: Int?

    var isEmpty: Bool { places.isEmpty }

    mutating func append(_ place: Place) {
        places.append(place)
        earliestDeadline = min(place.deadline, earliestDeadline ?? place.deadline)
    }

    /// Takes up to `count` from the front.
    mutating func takeFirst(_ count: Int) -> ArraySlice<Place> {
        let first = places.prefix(max(0, count))
        places.removeFirst(first.count)
        if places.isEmpty { earliestDeadline = nil }
        return first
    }

    /// Takes those whose deadline is not after `now`.
    mutating func takeLate(at now: Int) -> [Place] {
        guard let earliestDeadline, earliestDeadline <= now else { return [] }
        return take { $0.deadline <= now }
    }

    /// Takes those that were cancelled.
    mutating func takeCancelled() -> [Place] {
        take { $0.arrival.exchange.isCancelled }
    }

    private mutating func take(where isTaken: (Place) -> Bool) -> [Place] {
        // Asked once each: a cancellation may come in between.
        var taken: [Place] = []
        var kept: [Place] = []
        for place in places {
            if isTaken(place) { taken.append(place) } else { kept.append(place) }
        }
        places = kept
        earliestDeadline = kept.lazy.map(\.deadline).min()
        return taken
    }
}
