/// One name and value of a form body or a query.
package struct FormField: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

extension [FormField] {
    /// The value of the only field of this name, compared octet by octet; nil if it is absent or occurs more than once.
    package func onlyValue(named name: String) -> String? {
        let found = filter { $0.name.hasSameOctets(as: name) }
        return found.count == 1 ? found[0].value : nil
    }
}

/// The limits of a form.
package struct FormLimits: Sendable, Hashable {
    /// 64 KiB and 100 fields: far above any OAuth message.
    package static let standard = FormLimits()

    package var octets: Int
    package var fields: Int

    package init(octets: Int = 65_536, fields: Int = 100) {
        self.octets = octets
        self.fields = fields
    }
}

/// Why a form was refused; `field` counts from zero. Never carries a name or value.
package enum FormError: Error, Sendable, Hashable {
    case tooLong(limit: Int)
    case tooManyFields(limit: Int)
    case malformedEscape(field: Int)
    case invalidUTF8(field: Int)
}

/// `application/x-www-form-urlencoded` (WHATWG URL §5; RFC 6749 appendix B).
package enum FormEncoding {
    /// The form text of `fields`, in their order.
    package static func encode(_ fields: [FormField]) -> String {
        fields.map { "\(encodeComponent($0.name))=\(encodeComponent($0.value))" }.joined(separator: "&")
    }

    /// One name or value alone; RFC 6749 §2.3.1 wants client id and secret in this form before HTTP Basic.
    package static func encodeComponent(_ text: String) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "): encoded.append(UInt8(ascii: "+"))
            case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): encoded.append(byte)
            case _ where byte.isASCIIAlphanumeric: encoded.append(byte)
            default: PercentEncoding.appendEscape(of: byte, to: &encoded)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The fields of a form text, with order and duplicates kept: the caller decides whether a duplicate is an attack.
    package static func decode(
        _ text: some StringProtocol, limits: FormLimits = .standard
    ) throws(FormError) -> [FormField] {
        // Counting first keeps an oversized text from being copied.
        guard text.utf8.count <= limits.octets else { throw .tooLong(limit: limits.octets) }
        return try decode(Array(text.utf8), limits: limits)
    }

    /// The fields of a form body as received.
    package static func decode(
        _ bytes: [UInt8], limits: FormLimits = .standard
    ) throws(FormError) -> [FormField] {
        guard bytes.count <= limits.octets else { throw .tooLong(limit: limits.octets) }
        var fields: [FormField] = []
        for segment in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < limits.fields else { throw .tooManyFields(limit: limits.fields) }
            try fields.append(field(segment, number: fields.count))
        }
        return fields
    }

    /// The fields of a form. The fields of the given names are only shown to people: if a value there is not
    /// form-encoded UTF-8, its readable part is kept, and the field is listed in `damaged`.
    package static func decode(
        _ bytes: [UInt8], showing shown: Set<String>, limits: FormLimits = .standard
    ) throws(FormError) -> (fields: [FormField], damaged: [String]) {
        guard bytes.count <= limits.octets else { throw .tooLong(limit: limits.octets) }
        var fields: [FormField] = []
        var damaged: [String] = []
        for segment in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < limits.fields else { throw .tooManyFields(limit: limits.fields) }
            let (name, value) = parts(segment)
            let readName = try component(name, number: fields.count)
            do throws(FormError) {
                fields.append(FormField(name: readName, value: try component(value, number: fields.count)))
            } catch {
                guard shown.contains(readName) else { throw error }
                fields.append(FormField(name: readName, value: PercentEncoding.repaired(value.span)))
                damaged.append(readName)
            }
        }
        return (fields, damaged)
    }

    private static func field(_ segment: ArraySlice<UInt8>, number: Int) throws(FormError) -> FormField {
        let (name, value) = parts(segment)
        return FormField(name: try component(name, number: number), value: try component(value, number: number))
    }

    private static func parts(_ segment: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
        let equals = segment.firstIndex(of: UInt8(ascii: "=")) ?? segment.endIndex
        return (segment[..<equals], segment[equals...].dropFirst())
    }

    private static func component(_ encoded: ArraySlice<UInt8>, number: Int) throws(FormError) -> String {
        guard let bytes = PercentEncoding.decode(encoded.span, plusIsSpace: true) else {
            throw .malformedEscape(field: number)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8(field: number) }
        return text
    }
}
