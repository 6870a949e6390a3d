/// Reads strict JSON into values: one pass, whole text validated (RFC 8259; I-JSON's rules on names and surrogates,
/// RFC 7493 §2).
///
/// UTF-8 without byte order mark, no name twice in one object (compared after unescaping), no surrogate halves, numbers
/// kept as text, one value and nothing after it, all within `JSONLimits`.
package enum JSONReader {
    /// The one value of `bytes`.
    package static func value(_ bytes: Span<UInt8>, limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        var pass = Pass(cursor: JSONCursor(limits: limits))
        try pass.cursor.begin(bytes)
        let value = try pass.value(bytes)
        try pass.finish(bytes)
        return value
    }

    /// The one value of `bytes`.
    package static func value(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
        try value(bytes.span, limits: limits)
    }

    /// The one value of `bytes`, which must be an object.
    package static func object(_ bytes: Span<UInt8>, limits: JSONLimits = .standard) throws(JSONError) -> JSONObject {
        guard case .object(let object) = try value(bytes, limits: limits) else { throw JSONError(.notAnObject, at: 0) }
        return object
    }

    /// The one value of `bytes`, which must be an object.
    package static func object(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONObject {
        try object(bytes.span, limits: limits)
    }
}

/// One walk over one text. Recursion ends at the cursor's depth limit.
private struct Pass {
    var cursor: JSONCursor
    private var ledger = JSONNameLedger()

    init(cursor: JSONCursor) {
        self.cursor = cursor
    }

    func finish(_ text: Span<UInt8>) throws(JSONError) {
        try cursor.finish(text)
        try ledger.finish()
    }

    mutating func value(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
        switch try cursor.kind(text) {
        case .object: return .object(try object(text))
        case .array: return .array(try array(text))
        case .string: return .string(try cursor.string(text).string(in: text))
        case .number: return .number(JSONNumber(checked: try cursor.number(text), in: text))
        case .true:
            try cursor.literal(.true, text)
            return true
        case .false:
            try cursor.literal(.false, text)
            return false
        case .null:
            try cursor.literal(.null, text)
            return .null
        }
    }

    private mutating func object(_ text: Span<UInt8>) throws(JSONError) -> JSONObject {
        try cursor.open()
        var page = ledger.open()
        var members: [JSONObject.Member] = []
        while try cursor.advance(in: .object, count: members.count, of: text) {
            let name = try cursor.name(text)
            ledger.add(name, to: &page, of: text)
            members.append(JSONObject.Member(name: name.string(in: text), value: try value(text)))
        }
        ledger.close(page)
        return JSONObject(uniqueMembers: members)
    }

    private mutating func array(_ text: Span<UInt8>) throws(JSONError) -> [JSONValue] {
        try cursor.open()
        var elements: [JSONValue] = []
        while try cursor.advance(in: .array, count: elements.count, of: text) { elements.append(try value(text)) }
        return elements
    }
}
