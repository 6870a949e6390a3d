public import OAuthTypes

/// The response to a browser's request.
public struct BrowserReply: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields in order; several may share a name.
    public var fields: [HeaderField]
    /// The body.
    public var body: [UInt8]

    /// Creates a reply.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Fields that every reply to this request must carry: renewed cookies and the rules for caches.
public struct ReplyFields: Sendable {
    /// The header fields in order.
    public private(set) var fields: [HeaderField]

    init(_ fields: [HeaderField] = []) { self.fields = fields }

    mutating func append(_ more: [HeaderField]) { fields += more }

    mutating func append(_ field: HeaderField) { fields.append(field) }
}

extension BrowserReply: CustomStringConvertible, CustomReflectable {
    /// The status code alone: fields contain cookies.
    public var description: String { "reply \(status)" }

    /// Shows nothing of fields and body.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension ReplyFields: CustomStringConvertible, CustomReflectable {
    /// The fields' names: values contain cookies.
    public var description: String { fields.map(\.name).joined(separator: ", ") }

    /// Shows nothing of the fields' values.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension BrowserReply {
    /// The reply with `more` in front of its own fields.
    public func adding(_ more: ReplyFields) -> BrowserReply {
        BrowserReply(status: status, fields: more.fields + fields, body: body)
    }

    // 303: whatever the request was, the browser continues with a GET and never sends a body again (RFC 9700 §4.12).
    static func redirect(to location: String) -> BrowserReply {
        guard let field = HeaderField("Location", location) else { return BrowserReply(status: 500) }
        return BrowserReply(
            status: 303, fields: [field, HeaderField(literal: "Referrer-Policy", value: "no-referrer")])
    }

    static func json(_ text: String, status: Int, type: StaticString = "application/json") -> BrowserReply {
        BrowserReply(
            status: status,
            fields: [
                HeaderField(literal: "Content-Type", value: type),
                HeaderField(literal: "X-Content-Type-Options", value: "nosniff"),
            ], body: Array(text.utf8))
    }
}
