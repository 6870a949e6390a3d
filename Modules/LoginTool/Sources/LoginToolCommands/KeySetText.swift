import JOSE

/// The text of a key set and what came of it, so that a text that is repeated is read once.
struct KeySetText {
    /// More than any set that is taken, so that a longer text is refused for its length and not for its end.
    static let limit = 1_048_576

    private let octets: [UInt8]
    private let parsed: Result<JWKSet, JWKSetError>

    init(_ octets: [UInt8]) {
        self.octets = octets
        do { parsed = .success(try JWKSet(jwks: octets)) } catch { parsed = .failure(error) }
    }

    func isText(_ other: [UInt8]) -> Bool { octets == other }

    /// The keys.
    /// - Throws: ``Refusal`` when the text is no key set.
    func keys() throws(Refusal) -> JWKSet {
        do { return try parsed.get() } catch { throw Refusal(error) }
    }
}
