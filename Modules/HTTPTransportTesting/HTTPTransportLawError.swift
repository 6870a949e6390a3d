/// What a transport did that a law forbids.
package struct HTTPTransportLawError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The law's sentence.
    package let law: String
    /// What should have happened.
    package let expectation: String
    /// What happened instead.
    package let found: String

    /// All three in two lines.
    package var description: String { "\(law)\n  expected: \(expectation); found: \(found)" }
}
