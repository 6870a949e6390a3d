import CryptoPrimitives

/// Returns random octets. Every part that needs randomness takes one of these.
public struct RandomSource: Sendable {
    private let fill: @Sendable (Int) -> [UInt8]

    /// Creates a source that returns what `fill` returns for a number of octets. Use anything but the system's
    /// generator in tests only.
    public init(_ fill: @escaping @Sendable (Int) -> [UInt8]) {
        self.fill = fill
    }

    /// `count` fresh octets.
    public func bytes(count: Int) -> [UInt8] {
        fill(count)
    }

    /// The operating system's cryptographic generator (`getrandom` on Linux).
    public static let system = RandomSource { SystemRandom.bytes(count: $0) }
}
