/// What a store did that a law forbids.
public struct SessionStoreLawError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The law's sentence.
    public let law: String
    /// What should have happened.
    public let expectation: String
    /// What happened instead.
    public let found: String

    /// All three in two lines.
    public var description: String { "\(law)\n  expected: \(expectation); found: \(found)" }
}
