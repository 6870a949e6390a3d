import Concurrency
import WireFormats

/// The buffers of one verification, kept from one to the next. Not copyable: a copy would count references to all of
/// them, for every token.
struct VerificationScratch: ~Copyable, Sendable {
    /// The header, and the signed octets.
    typealias Parts = (header: JWSHeader, input: Range<Int>)

    var signature: [UInt8] = []
    var payload: [UInt8] = []
    private var scanner = JSONScanner()
    // RFC 7515 registers eleven parameters; a header with hundreds is an attempt to waste time.
    private var headerScanner = JSONScanner(limits: JSONLimits(octets: TokenLimits.headerOctets, members: 64))
    private var octets: [UInt8] = []
    private var lastSegment: [UInt8] = []
    private var lastHeader: JWSHeader?
    /// The key that verified the last token with this header; nil if there was none.
    var lastKey: FoundKey?

    /// The parts of a token with the header of the last valid one and a signature of the same length, both decoded; nil
    /// if it differs, or if they cannot be decoded.
    mutating func partsLikeLast(_ token: Span<UInt8>, limits: TokenLimits) -> Parts? {
        let last = lastSegment
        let letters = Base64URL.encodedCount(signature.count)
        guard let lastHeader,
            let segments = CompactSegments(token, limits: limits, likeHeader: last.span, signatureLetters: letters),
            Base64URL.decode(token.extracting(segments.signature), replacing: &signature),
            Base64URL.decode(token.extracting(segments.payload), replacing: &payload)
        else { return nil }
        return (lastHeader, segments.signingInput)
    }

    /// The header in `segment`. An issuer's tokens start alike: a header with the text of the last valid one is not
    /// read again.
    mutating func header(_ segment: Span<UInt8>) throws(JWSError) -> JWSHeader {
        if let lastHeader, isLast(segment) { return lastHeader }
        lastKey = nil
        let header = try readHeader(segment)
        lastSegment.replace(by: segment)
        lastHeader = header
        return header
    }

    private func isLast(_ segment: Span<UInt8>) -> Bool {
        let last = lastSegment
        return segment.hasSameOctets(as: last.span)
    }

    private mutating func readHeader(_ segment: Span<UInt8>) throws(JWSError) -> JWSHeader {
        guard Base64URL.decode(segment, replacing: &octets) else { throw .malformed(.header) }
        let text = octets
        do { try headerScanner.scan(text.span) } catch { throw .malformed(.header) }
        return try JWSHeader(ScannedObject(octets: text, members: headerScanner.members))
    }

    /// The claims in `payload`. Its storage and that of the members are reused as soon as the caller has released them.
    mutating func claims() throws(JWSError) -> Claims {
        let text = payload
        do { try scanner.scan(text.span) } catch { throw .malformed(.payload) }
        return Claims(ScannedObject(octets: text, members: scanner.members))
    }

    /// Gives `payload` away.
    mutating func takePayload() -> [UInt8] {
        let taken = payload
        payload = []
        return taken
    }
}

/// Where unused buffers are kept. A verification takes them out and puts them back: working on them here would check
/// every access for exclusivity.
// Sendable: used by one caller at a time, ObjectPool hands it over under its lock.
final class ScratchBox: Pooled, @unchecked Sendable {
    private var kept: VerificationScratch?

    /// The buffers, new ones if there are none.
    func take() -> VerificationScratch { kept.take() ?? VerificationScratch() }

    /// Keeps the buffers for the next use.
    func keep(_ scratch: consuming VerificationScratch) { kept = consume scratch }
}

extension ObjectPool {
    func takeScratch() -> ScratchBox {
        take() as? ScratchBox ?? ScratchBox()
    }
}

extension [UInt8] {
    /// Takes over the octets of `other` and keeps the storage.
    fileprivate mutating func replace(by other: Span<UInt8>) {
        resize(to: other.count)
        for index in other.indices { self[index] = other[index] }
    }
}
