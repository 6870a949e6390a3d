import OAuthTypes

/// When tokens are refreshed and how long callers wait for it.
public struct RefreshPolicy: Sendable {
    /// What happens after a refresh with an unknown outcome.
    public enum AfterUnknownOutcome: Hashable, Sendable {
        /// The refresh token is not sent again: the access token is used until it expires, then the user logs in again.
        case stop
        /// The refresh token is sent once more: for servers that do not rotate it or accept the old one for a while.
        case resendOnce
    }

    /// How long before its end an access token is replaced, in whole seconds, 0…600; at most a quarter of its life.
    public var leeway: Duration {
        didSet { leeway = RefreshPolicy.clamped(leeway, to: 0...600) }
    }

    /// How long one attempt may take, in whole seconds, 5…300. Must exceed the total deadline of the refresher's
    /// transport.
    public var attemptLifetime: Duration {
        didSet { attemptLifetime = RefreshPolicy.clamped(attemptLifetime, to: 5...300) }
    }

    /// How long a caller waits for a refresh by another process.
    public var maximumWait: Duration

    /// What happens after a refresh with an unknown outcome.
    public var afterUnknownOutcome: AfterUnknownOutcome

    /// Creates a policy: by default 30 s of leeway, 30 s for an attempt, 30 s of waiting, and no second use of a
    /// refresh token.
    public init(
        leeway: Duration = .seconds(30), attemptLifetime: Duration = .seconds(30), maximumWait: Duration = .seconds(30),
        afterUnknownOutcome: AfterUnknownOutcome = .stop
    ) {
        self.leeway = RefreshPolicy.clamped(leeway, to: 0...600)
        self.attemptLifetime = RefreshPolicy.clamped(attemptLifetime, to: 5...300)
        self.maximumWait = maximumWait
        self.afterUnknownOutcome = afterUnknownOutcome
    }

    /// How far the clocks of processes that share a token store may differ.
    public static let clockSkew: Duration = .seconds(10)

    /// The minimum age in seconds at which a refreshed token is replaced when an API refuses it. An API that refuses a
    /// younger one will refuse the next one too.
    static let youngestReplaced: Int64 = 30

    /// The longest pause after failed refreshes, in seconds.
    static let longestPause: Int64 = 60

    private static func clamped(_ duration: Duration, to seconds: ClosedRange<Int64>) -> Duration {
        .seconds(min(max(duration.wholeSeconds, seconds.lowerBound), seconds.upperBound))
    }
}
