/// Why a key cannot be read. What a key set tells of it is the reason.
struct JWKError: Error {
    let reason: JWKRefusalReason

    init(_ reason: JWKRefusalReason) { self.reason = reason }
}
