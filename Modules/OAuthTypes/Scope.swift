/// A set of scope values in the order they were written (RFC 6749 §3.3), at most 100 values of 256 octets.
public struct Scope: Sendable, CustomStringConvertible {
    /// The values, each once.
    public let values: [String]

    /// Creates a scope from a space-delimited list; repeated values count once, the empty text is the empty scope.
    /// - Throws: ``IdentifierError`` when a value contains a character that RFC 6749 §3.3 forbids or a bound is
    ///   passed.
    public init(_ text: String) throws(IdentifierError) {
        // A space before a combining character is no character of its own; that character is refused anyway.
        try self.init(text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) })
    }

    /// Creates a scope from single values; repeated values count once.
    /// - Throws: ``IdentifierError`` as ``init(_:)-(String)``.
    public init(_ values: [String]) throws(IdentifierError) {
        guard values.count <= 100 else { throw .text(kind: "scope", rule: "at most 100 values") }
        var kept: [String] = []
        for value in values {
            guard Scope.isValue(value) else { throw .text(kind: "scope", rule: "RFC 6749 §3.3 characters only") }
            if !kept.contains(value) { kept.append(value) }
        }
        self.values = kept
    }

    /// Whether `value` is part of it.
    public func contains(_ value: String) -> Bool { values.contains(value) }

    /// Whether every value of `other` is part of it.
    public func covers(_ other: Scope) -> Bool { other.values.allSatisfy(values.contains) }

    /// Whether it contains no value.
    public var isEmpty: Bool { values.isEmpty }

    /// The values with one space between them, as they go over the wire.
    public var description: String { values.joined(separator: " ") }

    // RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
    private static func isValue(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }
}

extension Scope: Hashable {
    /// Whether both hold the same values, in any order.
    public static func == (left: Scope, right: Scope) -> Bool { Set(left.values) == Set(right.values) }

    /// Feeds the values, without their order, to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(Set(values)) }
}
