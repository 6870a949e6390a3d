/// A method of RFC 9110 §9.
public struct HTTPMethod: Hashable, Sendable, CustomStringConvertible {
    /// The method as it goes over the wire.
    public let text: String

    private init(unchecked text: String) { self.text = text }

    /// Creates a method from its name; nil unless it is 1 to 32 upper-case letters, as every registered method that
    /// matters here.
    public init?(_ text: String) {
        guard (1...32).contains(text.utf8.count), text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// `GET`.
    public static let get = HTTPMethod(unchecked: "GET")
    /// `HEAD`.
    public static let head = HTTPMethod(unchecked: "HEAD")
    /// `POST`.
    public static let post = HTTPMethod(unchecked: "POST")
    /// `PUT`.
    public static let put = HTTPMethod(unchecked: "PUT")
    /// `PATCH`.
    public static let patch = HTTPMethod(unchecked: "PATCH")
    /// `DELETE`.
    public static let delete = HTTPMethod(unchecked: "DELETE")
    /// `OPTIONS`.
    public static let options = HTTPMethod(unchecked: "OPTIONS")

    /// The method as it goes over the wire.
    public var description: String { text }
}

/// A header field of RFC 9110 §5: a token and a value without control characters.
public struct HeaderField: Hashable, Sendable {
    /// The name as written; compare with ``isNamed(_:)``.
    public let name: String

    /// The value without surrounding white space.
    public let value: String

    /// Creates a field; nil if the name is not a token or the value contains a control character, a line break or a
    /// NUL.
    public init?(_ name: String, _ value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(HeaderField.isTokenOctet) else { return nil }
        guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else { return nil }
        self.name = name
        self.value = HeaderField.trimmed(value)
    }

    package init(literal name: StaticString, value: StaticString) {
        self.name = name.description
        self.value = value.description
    }

    /// Whether the field has this name, ignoring case.
    public func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { HeaderField.folded($0) == HeaderField.folded($1) }
    }

    // RFC 9110 §5.5: white space around a value is not part of it.
    private static func trimmed(_ text: String) -> String {
        let isBlank = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        guard let first = text.utf8.first, let last = text.utf8.last, isBlank(first) || isBlank(last) else {
            return text
        }
        let kept = text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(decoding: Array(kept), as: UTF8.self)
    }

    private static func folded(_ octet: UInt8) -> UInt8 { (0x41...0x5A).contains(octet) ? octet | 0x20 : octet }

    // RFC 9110 §5.6.2
    package static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E:
            true
        default: false
        }
    }
}

extension [HeaderField] {
    /// The values of every field of that name, in order.
    public func values(named name: String) -> [String] {
        filter { $0.isNamed(name) }.map(\.value)
    }

    /// The value of the only field of that name; nil if it is absent or occurs more than once.
    public func onlyValue(named name: String) -> String? {
        let found = values(named: name)
        return found.count == 1 ? found[0] : nil
    }
}
