import JOSE

/// The text of a JWK set and its keys or error, so that a repeated text is parsed once.
struct KeySetText {
    /// More than any accepted set, so that a longer text is refused for its length and not for its end.
    static let limit = 1_048_576

    private let octets: [UInt8]
    private let parsed: Result<JWKSet, KeyError>

    init(_ octets: [UInt8]) {
        self.octets = octets
        do { parsed = .success(try JWKSet(jwks: octets)) } catch { parsed = .failure(error) }
    }

    func isText(_ other: [UInt8]) -> Bool { octets == other }

    /// The keys.
    /// - Throws: ``RejectionError`` if the text is not a JWK set.
    func keys() throws(RejectionError) -> JWKSet {
        do { return try parsed.get() } catch { throw RejectionError(error) }
    }
}
