import SessionStore

/// Sealing keys that are read again while the app runs: after `SIGHUP`, or when the file of the setting has changed.
struct KeyRotation {
    /// What `LoginFlow(_:store:ring:environment:)` takes.
    let ring: SealingKeyRing

    init(_ setting: String) throws(SealingError) {
        ring = SealingKeyRing(try SealingKeys(parsing: setting))
    }

    /// A setting that cannot be read changes nothing.
    func reload(_ setting: String) throws(SealingError) {
        ring.replace(with: try SealingKeys(parsing: setting))
    }
}
