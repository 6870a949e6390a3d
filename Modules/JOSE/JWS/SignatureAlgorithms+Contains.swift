extension SignatureAlgorithms {
    /// Whether tokens signed with this algorithm are accepted.
    public func contains(_ algorithm: SignatureAlgorithm) -> Bool { member(named: algorithm.name) != nil }
}
