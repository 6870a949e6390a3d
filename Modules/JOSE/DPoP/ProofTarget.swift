import OAuthTypes
import WireFormats

/// The URL of a request in a form that two sides with different spellings agree on: without query and fragment,
/// normalized by RFC 3986 §6.2.2 and §6.2.3 (RFC 9449 §4.3). Dot segments stay: a client resolves them before it sends
/// a request.
struct ProofTarget: Hashable {
    private let origin: Origin
    private let path: [UInt8]

    init(_ url: EndpointURL) {
        origin = url.origin
        path = url.path.isEmpty ? [UInt8(ascii: "/")] : Self.normal(Array(url.path.utf8))
    }

    /// Creates a target; nil if the text is not an absolute URL.
    init?(_ text: String) {
        let fragment = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
        guard let url = try? EndpointURL(String(text[..<fragment]), allowing: .loopback) else { return nil }
        self.init(url)
    }

    /// Escapes in upper case, and none of unreserved characters. Other text stays as it is.
    private static func normal(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = path[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "%"), let escaped = escapedOctet(rest.prefix(2)) else {
                result.append(octet)
                continue
            }
            result += isUnreserved(escaped) ? [escaped] : [octet] + rest.prefix(2).map(upperCase)
            rest = rest.dropFirst(2)
        }
        return result
    }

    private static func escapedOctet(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digits.first?.hexDigitValue, let low = digits.last?.hexDigitValue else {
            return nil
        }
        return high << 4 | low
    }

    private static func upperCase(_ digit: UInt8) -> UInt8 {
        (0x61...0x66).contains(digit) ? digit & 0xDF : digit
    }

    // RFC 3986 §2.3
    private static func isUnreserved(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
