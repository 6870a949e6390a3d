#if HTTPTypes

    public import HTTPTypes
    public import LoginFlow
    public import OAuthTypes

    extension HTTPFields {
        /// Creates fields in the same order, keeping repeated names.
        public init(_ fields: [HeaderField]) {
            self.init()
            for field in fields {
                guard let name = HTTPField.Name(field.name) else { continue }
                append(HTTPField(name: name, value: field.value))
            }
        }

        /// Adds the fields that the flow requires on every reply. They replace the app's own fields, except cookies.
        public mutating func apply(_ fields: ReplyFields) {
            let required = HTTPFields(fields.fields)
            for field in required where field.name != .setCookie { self[field.name] = nil }
            append(contentsOf: required)
        }
    }

    extension [HeaderField] {
        /// Creates fields in the same order, keeping repeated names; nil if one of them is no field of RFC 9110 §5.
        ///
        /// A value that is not UTF-8 is read as ISO 8859-1, so that no octet of it is lost.
        public init?(_ fields: HTTPFields) {
            let read = fields.compactMap(HeaderField.init)
            guard read.count == fields.count else { return nil }
            self = read
        }
    }

    extension HeaderField {
        fileprivate init?(_ field: HTTPField) {
            let value = field.value
            // What is not UTF-8 comes as U+FFFD; its octets are asked for then only.
            guard value.unicodeScalars.contains("\u{FFFD}") else {
                self.init(field.name.rawName, value)
                return
            }
            let octets = unsafe field.withUnsafeBytesOfValue { unsafe Array($0) }
            self.init(field.name.rawName, String(foreign: octets))
        }
    }

#endif
