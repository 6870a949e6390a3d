/// What is wrong with a text that is not strict JSON, and where. Never contains text of the input.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that the text breaks (RFC 8259, RFC 7493 §2). The raw values stay the same between releases.
    @nonexhaustive
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A byte order mark at the start.
        case byteOrderMark = "byte_order_mark"
        /// The text ends in the middle of a value.
        case unexpectedEnd = "unexpected_end"
        /// An octet that the grammar does not allow here.
        case unexpectedByte = "unexpected_byte"
        /// Something after the value.
        case trailingBytes = "trailing_bytes"
        /// Invalid UTF-8.
        case invalidUTF8 = "invalid_utf8"
        /// A control character inside a string.
        case controlCharacter = "control_character"
        /// A backslash that does not begin an escape.
        case invalidEscape = "invalid_escape"
        /// Half of a surrogate pair.
        case loneSurrogate = "lone_surrogate"
        /// A number that breaks the grammar.
        case malformedNumber = "malformed_number"
        /// A name that occurs more than once in one object.
        case duplicateName = "duplicate_name"
        /// Longer than the limit.
        case tooLong = "too_long"
        /// More levels than the limit.
        case tooDeep = "too_deep"
        /// An object with more members than the limit.
        case tooManyMembers = "too_many_members"
        /// An array with more elements than the limit.
        case tooManyElements = "too_many_elements"
    }

    /// The rule that the text breaks.
    public let reason: Reason
    /// Where, in octets from the start of the text.
    public let offset: Int

    init(_ error: JSONError) {
        reason = Reason(error.code)
        offset = error.offset
    }

    /// The reason as a word that stays the same between releases.
    public var code: String { reason.rawValue }

    /// The reason as text, and where.
    public var description: String { "\(reason.words) at octet \(offset)" }
}

extension JSONSyntaxError.Reason {
    fileprivate init(_ code: JSONError.Code) {
        switch code {
        case .byteOrderMark: self = .byteOrderMark
        case .unexpectedEnd: self = .unexpectedEnd
        case .unexpectedByte, .notAnObject: self = .unexpectedByte
        case .trailingBytes: self = .trailingBytes
        case .invalidUTF8: self = .invalidUTF8
        case .controlCharacter: self = .controlCharacter
        case .invalidEscape: self = .invalidEscape
        case .loneSurrogate: self = .loneSurrogate
        case .malformedNumber: self = .malformedNumber
        case .duplicateName: self = .duplicateName
        case .tooLong: self = .tooLong
        case .tooDeep: self = .tooDeep
        case .tooManyMembers: self = .tooManyMembers
        case .tooManyElements: self = .tooManyElements
        }
    }

    fileprivate var words: String {
        switch self {
        case .byteOrderMark: "a byte order mark"
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte: "an octet that JSON has no place for"
        case .trailingBytes: "something after the value"
        case .invalidUTF8: "invalid UTF-8"
        case .controlCharacter: "a control character in a string"
        case .invalidEscape: "an invalid escape in a string"
        case .loneSurrogate: "half of a surrogate pair"
        case .malformedNumber: "a malformed number"
        case .duplicateName: "a name given twice in one object"
        case .tooLong: "the text is too long"
        case .tooDeep: "too many levels"
        case .tooManyMembers: "too many members in one object"
        case .tooManyElements: "too many elements in one array"
        }
    }
}

extension JSONValue {
    /// Reads one JSON text as ``init(parsing:)`` does, and throws what is wrong with an invalid text.
    ///
    /// - Parameters:
    ///   - octets: the text, strict UTF-8 JSON without repeated names.
    ///   - limit: the maximum length of the text in octets; 1 MiB by default, at most 4 GiB. The other limits are 32
    ///     levels, 1,000 members an object and
    ///     10,000 elements an array.
    /// - Throws: ``JSONSyntaxError`` that names the rule and the position.
    public init(reading octets: [UInt8], upTo limit: Int = 1_048_576) throws(JSONSyntaxError) {
        do {
            self = try JSONReader.value(octets, limits: JSONLimits(octets: min(limit, Int(UInt32.max))))
        } catch {
            throw JSONSyntaxError(error)
        }
    }
}
