import CryptoPrimitives
import WireFormats

/// The buffers of one verification, kept from one to the next.
struct VerificationScratch: Sendable {
    var signature: [UInt8] = []
    var scanner = JSONScanner()
    private var octets: [UInt8] = []

    mutating func header(_ segment: Span<UInt8>) throws(JWSError) -> JWSHeader {
        guard Base64URL.decode(segment, replacing: &octets) else { throw .malformed(.header) }
        let text = octets  // a span of the property itself would count as an access to all of self
        do { try scanner.scan(text.span) } catch { throw .malformed(.header) }
        return try JWSHeader(ScannedObject(octets: text, members: scanner.members))
    }
}

/// Hands each caller buffers of its own and takes them back.
final class ScratchPool: Sendable {
    private static let limit = 64
    private let free = Lock<[VerificationScratch]>([])

    func take() -> VerificationScratch {
        free.withLock { $0.popLast() } ?? VerificationScratch()
    }

    func giveBack(_ scratch: VerificationScratch) {
        free.withLock { if $0.count < Self.limit { $0.append(scratch) } }
    }
}

extension Base64URL {
    /// Puts the octets `text` stands for into `octets`, whose storage is kept; false when it is not strict base64url.
    static func decode(_ text: Span<UInt8>, replacing octets: inout [UInt8]) -> Bool {
        octets.removeAll(keepingCapacity: true)
        guard let count = decodedCount(ofEncodedCount: text.count) else { return false }
        var isValid = false
        octets.append(addingCapacity: count) { output in isValid = decode(text, into: &output) }
        return isValid
    }
}

extension String {
    /// Calls `body` with the text's UTF-8 octets, in place where the system allows it.
    func withOctets<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            return try body(Array(utf8).span)
        }
        return try body(utf8.span)
    }
}
