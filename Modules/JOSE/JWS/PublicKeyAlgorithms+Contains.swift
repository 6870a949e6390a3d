extension PublicKeyAlgorithms {
    /// Whether tokens signed with this algorithm are accepted.
    public func contains(_ algorithm: PublicKeyAlgorithm) -> Bool { member(named: algorithm.name) != nil }
}
