public import OAuthTypes

/// An HTTP request to the development server, as an HTTP server or a test maps it.
public struct DevRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The request target in origin-form, raw: path and query, nothing decoded.
    public var target: String
    /// Header fields in order.
    public var fields: [HeaderField]
    /// The body; more than 64 KiB is answered with 413.
    public var body: [UInt8]

    /// Describes a request.
    public init(_ method: HTTPMethod, _ target: String, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }
}

/// What the development server answers.
public struct DevResponse: Sendable {
    /// The status code.
    public var status: Int
    /// Header fields in order. `Set-Cookie` may stand there more than once.
    public var fields: [HeaderField]
    /// The body.
    public var body: [UInt8]

    /// Describes a response.
    public init(status: Int, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
