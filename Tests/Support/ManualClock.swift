import Concurrency
package import OAuthTypes

/// A clock that stands still until a test moves it.
package final class ManualClock: Sendable {
    private let moment: Lock<UnixTime>

    package init(_ start: UnixTime = UnixTime(seconds: 1_800_000_000)) {
        moment = Lock(start)
    }

    package convenience init(_ seconds: Int64) {
        self.init(UnixTime(seconds: seconds))
    }

    package var now: UnixTime { moment.withLock { $0 } }

    /// The clock as the modules take it.
    package var wall: WallClock { WallClock { self.now } }

    /// Moves the clock, backwards too.
    package func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
