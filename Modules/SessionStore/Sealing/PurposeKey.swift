/// A key of the ring for one purpose.
struct PurposeKey: Sendable {
    static let idCount = 4

    let id: [UInt8]
    private let key: [UInt8]

    init(secret: [UInt8], purpose: SealingPurpose) {
        id = Derivation.derive(from: secret, label: "key id", count: Self.idCount)
        key = Derivation.derive(from: secret, label: "seal \(purpose.label)")
    }

    func messageKey(salt: [UInt8], secret: [UInt8]) -> [UInt8] {
        Derivation.authenticate(key: key, message: salt + secret)
    }
}
