public import OAuthTypes

/// An HTTP request to the development server.
public struct DevRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The request target in origin-form: path and query as received, not decoded.
    public var target: String
    /// The header fields in order.
    public var fields: [HeaderField]
    /// The body; the response to more than 64 KiB is 413.
    public var body: [UInt8]

    /// Creates a request.
    public init(_ method: HTTPMethod, _ target: String, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }
}

/// A response of the development server.
public struct DevResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields in order. `Set-Cookie` may appear more than once.
    public var fields: [HeaderField]
    /// The body.
    public var body: [UInt8]

    /// Creates a response.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
