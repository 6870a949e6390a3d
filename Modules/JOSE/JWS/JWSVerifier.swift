import OAuthTypes
import WireFormats

/// A payload whose signature was checked.
package struct VerifiedJWS: Sendable {
    let header: JWSHeader
    package let payload: [UInt8]
}

/// Claims whose signature was checked; nothing is said yet about what they claim.
struct VerifiedClaims: Sendable {
    let header: JWSHeader
    let claims: ScannedObject
}

/// Parses a compact JWS strictly and has its signature checked (RFC 7515 §5.2).
///
/// The cheap refusals come first: lengths, header, base64url. Buffers are kept between calls; any number of callers may
/// verify at once.
package struct JWSVerifier: Sendable {
    private let types: [HeaderType]?
    private let limits: TokenLimits
    private let pool = ScratchPool()

    /// Accepts these header types, or any.
    init(types: [HeaderType]?, limits: TokenLimits) {
        self.types = types
        self.limits = limits
    }

    /// Accepts any header type: for payloads that are no tokens.
    package init(limits: TokenLimits = .standard) {
        self.init(types: nil, limits: limits)
    }

    package func verify(_ token: Span<UInt8>, by check: some SignatureCheck) throws(JWSError) -> VerifiedJWS {
        var scratch = pool.take()
        defer { pool.giveBack(scratch) }
        return try verify(token, by: check, using: &scratch)
    }

    func claims(_ token: Span<UInt8>, by check: some SignatureCheck) throws(JWSError) -> VerifiedClaims {
        var scratch = pool.take()
        defer { pool.giveBack(scratch) }
        let verified = try verify(token, by: check, using: &scratch)
        do { try scratch.scanner.scan(verified.payload.span) } catch { throw .malformed(.payload) }
        let claims = ScannedObject(octets: verified.payload, members: scratch.scanner.members)
        return VerifiedClaims(header: verified.header, claims: claims)
    }

    /// The name that a token gives to the key it says it was signed with. Nothing about it is verified.
    func claimedKeyID(_ token: Span<UInt8>) -> KeyID? {
        var scratch = pool.take()
        defer { pool.giveBack(scratch) }
        guard let segments = try? CompactSegments(token, limits) else { return nil }
        return (try? scratch.header(token.extracting(segments.header)))?.keyID
    }

    private func verify(
        _ token: Span<UInt8>, by check: some SignatureCheck, using scratch: inout VerificationScratch
    ) throws(JWSError) -> VerifiedJWS {
        let segments = try CompactSegments(token, limits)
        let header = try scratch.header(token.extracting(segments.header))
        if let types, !types.contains(header.type) { throw .type }
        guard Base64URL.decode(token.extracting(segments.signature), replacing: &scratch.signature) else {
            throw .malformed(.signature)
        }
        guard let payload = Base64URL.decode(token.extracting(segments.payload)) else { throw .malformed(.payload) }
        try check.check(scratch.signature.span, over: token.extracting(segments.signingInput), header)
        return VerifiedJWS(header: header, payload: payload)
    }
}
