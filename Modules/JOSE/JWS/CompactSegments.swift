import WireFormats

/// The positions of the three parts of a compact serialization (RFC 7515 §7.1).
///
/// Nothing is searched beyond the limits, so a megabyte of dots costs nothing. A third dot is found when the signature
/// is decoded: it is not base64url.
struct CompactSegments {
    let header: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    init(_ token: Span<UInt8>, limits: TokenLimits) throws(JWSError) {
        guard token.count <= limits.tokenOctets else { throw .tooLong(.token, limit: limits.tokenOctets) }
        // Touches every line of memory before the first is needed, so that they are fetched together.
        guard token.isSparselyASCII else { throw .malformed(.token) }
        let headerBound = min(token.count, TokenLimits.headerOctets + 1)
        guard let first = token.firstIndex(of: Self.dot, from: 0, to: headerBound) else {
            throw headerBound < token.count ? .tooLong(.header, limit: TokenLimits.headerOctets) : .malformed(.token)
        }
        guard let last = token.firstIndex(of: Self.dot, from: first + 1, to: token.count) else {
            throw .malformed(.token)
        }
        guard token.count - last - 1 <= TokenLimits.signatureOctets else {
            throw .tooLong(.signature, limit: TokenLimits.signatureOctets)
        }
        header = 0..<first
        payload = first + 1..<last
        signature = last + 1..<token.count
    }

    /// The positions if the token has the same layout as the previous one, which had this header and a signature of
    /// this length; nil if not. Only if all three parts can be decoded is it certain that there is no other dot.
    init?(_ token: Span<UInt8>, limits: TokenLimits, likeHeader last: Span<UInt8>, signatureLetters: Int) {
        let dots = (first: last.count, last: token.count &- signatureLetters &- 1)
        guard last.count > 0, dots.first < dots.last, token.count <= limits.tokenOctets, token.isSparselyASCII,
            token[dots.first] == Self.dot, token[dots.last] == Self.dot,
            token.extracting(0..<dots.first).hasSameOctets(as: last)
        else { return nil }
        header = 0..<dots.first
        payload = dots.first + 1..<dots.last
        signature = dots.last + 1..<token.count
    }

    /// The signed octets: header and payload with the dot between them (RFC 7515 §5.1).
    var signingInput: Range<Int> { 0..<payload.upperBound }

    /// Whether a refused token has the five segments of an encrypted one (RFC 7516 §7.1).
    static func isEncrypted(_ token: Span<UInt8>, limits: TokenLimits) -> Bool {
        guard token.count <= limits.tokenOctets else { return false }
        var (dots, start) = (0, 0)
        while let next = token.firstIndex(of: dot, from: start, to: token.count) {
            dots += 1
            guard dots < 5 else { return false }
            start = next + 1
        }
        return dots == 4
    }

    private static let dot = UInt8(ascii: ".")
}
