import Concurrency
import OAuthTypes
import WireFormats

/// A payload whose signature was checked.
package struct VerifiedJWS: Sendable {
    let header: JWSHeader
    package let payload: [UInt8]
}

/// Claims whose signature was checked; the claims themselves are not checked yet.
struct VerifiedClaims: Sendable {
    let header: JWSHeader
    let claims: Claims
    /// The set whose key made the signature, if it was one of a set.
    let keys: KeyList?
}

/// Parses a compact JWS strictly and checks its signature (RFC 7515 §5.2).
///
/// The cheap checks come first: lengths, header, base64url. Buffers are kept between calls; any number of callers may
/// verify at once.
package struct JWSVerifier: Sendable {
    private let types: [HeaderType]?
    private let limits: TokenLimits
    private let pool = ObjectPool()

    /// Creates a verifier that accepts these header types, or any.
    init(types: [HeaderType]?, limits: TokenLimits) {
        self.types = types
        self.limits = limits
    }

    /// Creates a verifier that accepts any header type: for payloads that are not tokens.
    package init(limits: TokenLimits = .standard) {
        self.init(types: nil, limits: limits)
    }

    package func verify(_ token: Span<UInt8>, by check: some SignatureCheck) throws(JWSError) -> VerifiedJWS {
        try withScratch { (scratch) throws(JWSError) in
            let header = try verify(token, by: check, from: .outside, using: &scratch)
            return VerifiedJWS(header: header, payload: scratch.takePayload())
        }
    }

    func claims(
        _ token: Span<UInt8>, by check: some SignatureCheck, of keys: KeyList? = nil,
        from origin: TokenOrigin = .outside
    ) throws(JWSError) -> VerifiedClaims {
        try withScratch { (scratch) throws(JWSError) in
            let header = try verify(token, by: check, from: origin, using: &scratch)
            return VerifiedClaims(header: header, claims: try scratch.claims(), keys: keys)
        }
    }

    /// The key ID that the token names. Nothing about it is verified.
    func claimedKeyID(_ token: Span<UInt8>) -> KeyID? {
        guard let segments = try? CompactSegments(token, limits: limits) else { return nil }
        let header = try? withScratch { (scratch) throws(JWSError) in
            try scratch.header(token.extracting(segments.header))
        }
        return header?.keyID
    }

    @inline(__always)
    private func withScratch<Result>(
        _ body: (inout VerificationScratch) throws(JWSError) -> Result
    ) throws(JWSError) -> Result {
        let box = pool.takeScratch()
        var scratch = box.take()
        do {
            let result = try body(&scratch)
            giveBack(scratch, in: box)
            return result
        } catch {
            giveBack(scratch, in: box)
            throw error
        }
    }

    @inline(__always)
    private func giveBack(_ scratch: consuming VerificationScratch, in box: ScratchBox) {
        box.keep(scratch)
        pool.giveBack(box)
    }

    private func verify(
        _ token: Span<UInt8>, by check: some SignatureCheck, from origin: TokenOrigin,
        using scratch: inout VerificationScratch
    ) throws(JWSError) -> JWSHeader {
        let likely = scratch.partsLikeLast(token, limits: limits)
        let header: JWSHeader
        let input: Range<Int>
        if let likely {
            (header, input) = likely
            try require(header.type, of: token, from: origin)
        } else {
            do { (header, input) = try parts(of: token, from: origin, using: &scratch) } catch {
                throw refusal(of: token, for: error, by: check)
            }
        }
        let signature = scratch.signature
        try check.check(signature.span, over: token.extracting(input), header: header, last: &scratch.lastKey)
        return header
    }

    private func parts(
        of token: Span<UInt8>, from origin: TokenOrigin, using scratch: inout VerificationScratch
    ) throws(JWSError) -> VerificationScratch.Parts {
        let segments = try CompactSegments(token, limits: limits)
        let header = try scratch.header(token.extracting(segments.header))
        try require(header.type, of: token, from: origin)
        guard Base64URL.decode(token.extracting(segments.signature), replacing: &scratch.signature) else {
            throw .malformed(.signature)
        }
        guard Base64URL.decode(token.extracting(segments.payload), replacing: &scratch.payload) else {
            throw .malformed(.payload)
        }
        return (header, segments.signingInput)
    }

    // An unknown name says nothing; a token directly from the issuer is of the expected kind.
    private func require(_ type: HeaderType, of token: Span<UInt8>, from origin: TokenOrigin) throws(JWSError) {
        guard let types else { return }
        guard types.contains(type), type != .unknown || origin == .tokenEndpoint else {
            throw wrongType(of: token, expected: types)
        }
    }

    // Separate, so that no valid token pays for what only a refusal needs.
    @inline(never)
    private func refusal(of token: Span<UInt8>, for error: JWSError, by check: some SignatureCheck) -> JWSError {
        CompactSegments.isEncrypted(token, limits: limits) ? .encrypted : error.expecting(check.algorithmNames)
    }

    @inline(never)
    private func wrongType(of token: Span<UInt8>, expected types: [HeaderType]) -> JWSError {
        .type(Mismatch(expected: types.compactMap(\.name), found: typeText(token)))
    }

    /// The header's type as written; empty if there is none.
    private func typeText(_ token: Span<UInt8>) -> [String] {
        guard let segments = try? CompactSegments(token, limits: limits),
            let octets = Base64URL.decode(token.extracting(segments.header)),
            let header = try? ScannedObject(scanning: octets),
            let text = header.member("typ").flatMap(header.text)
        else { return [] }
        return [text]
    }
}
