import CryptoPrimitives
package import OAuthTypes

/// A clock that stands still until a test moves it.
package final class ManualClock: Sendable {
    private let moment: Lock<UnixTime>

    package init(_ seconds: Int64 = 1_800_000_000) {
        moment = Lock(UnixTime(seconds: seconds))
    }

    package var now: UnixTime { moment.withLock { $0 } }

    /// The clock to hand over.
    package var wall: WallClock { WallClock { self.now } }

    package func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
