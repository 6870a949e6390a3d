/// Makes `Decodable` types of JSON values, without Foundation.
///
/// A number becomes an integer type only if it is exactly one of its values, and a floating-point type only if that is
/// finite. Nothing is converted between kinds. Errors are those of `DecodingError`; they name the place and the kinds and
/// quote no value.
package struct JSONDecoding: Decoder {
    let value: JSONValue
    package let codingPath: [any CodingKey]
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Creates a decoder of a value that stands at `codingPath`.
    package init(_ value: JSONValue, at codingPath: [any CodingKey] = []) {
        self.value = value
        self.codingPath = codingPath
    }

    /// Decodes the value.
    package func decode<T: Decodable>(as type: T.Type) throws -> T { try T(from: self) }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let object = value.objectValue else { throw mismatch(JSONObject.self, "an object") }
        return KeyedDecodingContainer(JSONKeyedContainer<Key>(object: object, codingPath: codingPath))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.arrayValue else { throw mismatch([JSONValue].self, "an array") }
        return JSONUnkeyedContainer(elements: elements, codingPath: codingPath)
    }

    package func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension JSONDecoding: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { value == .null }

    package func decode(_ type: Bool.Type) throws -> Bool {
        guard let bool = value.boolValue else { throw mismatch(type, "true or false") }
        return bool
    }

    package func decode(_ type: String.Type) throws -> String {
        guard let text = value.stringValue else { throw mismatch(type, "a string") }
        return text
    }

    package func decode(_ type: Double.Type) throws -> Double { try floating(type) { $0 } }
    package func decode(_ type: Float.Type) throws -> Float { try floating(type) { Float($0) } }
    package func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    package func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    package func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    package func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    package func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    package func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    package func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

    private func integer<N: FixedWidthInteger>(_ type: N.Type) throws -> N {
        guard let number = value.numberValue else { throw mismatch(type, "a number") }
        guard let exact = number.int.flatMap(N.init(exactly:)) else { throw outOfRange(type) }
        return exact
    }

    private func floating<N: BinaryFloatingPoint>(_ type: N.Type, _ convert: (Double) -> N) throws -> N {
        guard let number = value.numberValue else { throw mismatch(type, "a number") }
        guard let converted = number.double.map(convert), converted.isFinite else { throw outOfRange(type) }
        return converted
    }

    private func outOfRange(_ type: Any.Type) -> DecodingError {
        .dataCorrupted(
            DecodingError.Context(codingPath: codingPath, debugDescription: "the number is no value of \(type)"))
    }

    private func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        let text = "expected \(expected), found \(value.kindText)"
        let context = DecodingError.Context(codingPath: codingPath, debugDescription: text)
        return value == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

extension JSONValue {
    fileprivate var kindText: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
