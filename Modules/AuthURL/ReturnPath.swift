/// Where to send the browser after the login: a path on the app's own origin, never another origin.
///
/// A path is accepted if every browser and proxy reads it the same way: an absolute path of URL characters, with any
/// query and fragment. Refused are scheme-relative and absolute URLs, backslashes, empty and dot segments in the path –
/// also those that appear after decoding the path once or twice –, control characters, anything that should have been
/// percent-encoded, and more than 2,048 octets.
public struct ReturnPath: Sendable, Hashable, CustomStringConvertible {
    /// The most octets a path may have.
    public static let maximumOctets = 2048

    /// `/`.
    public static let root = ReturnPath(checked: "/")

    /// Path, query and fragment as given; suitable for a `Location` field.
    public let text: String

    /// Creates a path that stays on the origin; nil for anything else.
    public init?(_ text: String) {
        guard (1...ReturnPath.maximumOctets).contains(text.utf8.count), text.utf8.first == UInt8(ascii: "/") else {
            return nil
        }
        guard text.utf8.allSatisfy(ReturnPath.isURLOctet) else { return nil }
        let path = ReturnPath.path(of: text)
        guard ReturnPath.isPlain(Array(path.utf8)), let once = ReturnPath.decode(Array(path.utf8)) else { return nil }
        guard ReturnPath.isPlain(once), ReturnPath.decode(once).map(ReturnPath.isPlain) ?? true else { return nil }
        self.text = text
    }

    private init(checked text: String) { self.text = text }

    /// The path itself, or ``root`` if it leads to one of `paths`, such as the login route, which would loop.
    ///
    /// Case, percent-encoding, a trailing slash, query and fragment are ignored in the comparison.
    public func avoiding(_ paths: [String]) -> ReturnPath {
        let own = ReturnPath.folded(text)
        return paths.contains { ReturnPath.folded($0).elementsEqual(own) } ? .root : self
    }

    /// The path.
    public var description: String { text }

    /// Whether both have the same octets.
    public static func == (left: ReturnPath, right: ReturnPath) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Feeds the text to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension ReturnPath {
    // RFC 3986 §2, with '#' for the fragment; '"', '<', '>', '\', '^', '`', '{', '|' and '}' are in no production.
    private static func isURLOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }

    private static func path(of text: String) -> Substring {
        text.prefix { $0 != "?" && $0 != "#" }
    }

    // What a browser, a proxy or a router might resolve to another path: RFC 3986 §5.2.4 and WHATWG URL §4.4.
    private static func isPlain(_ path: [UInt8]) -> Bool {
        guard path.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else { return false }
        let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return segments.enumerated().allSatisfy { index, segment in
            if segment.isEmpty { return index == segments.count - 1 }
            return !segment.elementsEqual(".".utf8) && !segment.elementsEqual("..".utf8)
        }
    }

    private static func decode(_ path: [UInt8]) -> [UInt8]? {
        var decoded: [UInt8] = []
        var rest = path[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "%") else {
                decoded.append(octet)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    private static func hexDigit(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39: octet - 0x30
        case 0x41...0x46, 0x61...0x66: (octet | 0x20) - 0x61 + 10
        default: nil
        }
    }

    private static func folded(_ text: String) -> [UInt8] {
        let path = Array(ReturnPath.path(of: text).utf8)
        var folded = (decode(path) ?? path).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        while folded.count > 1, folded.last == UInt8(ascii: "/") { folded.removeLast() }
        return folded
    }
}
