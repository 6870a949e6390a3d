/// Where the three parts of a compact serialization stand in it (RFC 7515 §7.1).
///
/// The first dot is looked for from the front and the last one from the back, each within its limit, so a megabyte of
/// dots costs nothing. A dot in between is found when the payload is decoded: it is no base64url.
struct CompactSegments {
    let header: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    init(_ token: Span<UInt8>, _ limits: TokenLimits) throws(JWSError) {
        guard token.count <= limits.tokenOctets else { throw .tooLong(.token, limit: limits.tokenOctets) }
        let headerBound = min(token.count, TokenLimits.headerOctets + 1)
        guard let first = Self.firstDot(token, in: 0..<headerBound) else {
            throw headerBound < token.count ? .tooLong(.header, limit: TokenLimits.headerOctets) : .malformed(.token)
        }
        let signatureBound = max(first + 1, token.count - TokenLimits.signatureOctets - 1)
        guard let last = Self.lastDot(token, in: signatureBound..<token.count) else {
            throw signatureBound > first + 1
                ? .tooLong(.signature, limit: TokenLimits.signatureOctets) : .malformed(.token)
        }
        header = 0..<first
        payload = first + 1..<last
        signature = last + 1..<token.count
    }

    /// What the signature is over: header and payload with the dot between them (RFC 7515 §5.1).
    var signingInput: Range<Int> { 0..<payload.upperBound }

    private static func firstDot(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        for index in range where text[index] == UInt8(ascii: ".") { return index }
        return nil
    }

    private static func lastDot(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
        for index in range.reversed() where text[index] == UInt8(ascii: ".") { return index }
        return nil
    }
}
