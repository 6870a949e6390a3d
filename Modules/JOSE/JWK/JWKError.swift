/// Why a key cannot be read. A JWK set reports the reason.
struct JWKError: Error {
    let reason: JWKRefusalReason

    init(_ reason: JWKRefusalReason) { self.reason = reason }
}
