public import OAuthTypes

/// A call to an API, without credentials: ``APIClient`` adds those.
public struct APIRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The address; see `EndpointURL.appending(path:query:)`.
    public var url: EndpointURL
    /// Header fields in order. `Authorization`, `Host` and the fields that frame a message are refused.
    public var fields: [HeaderField]
    /// The body; empty means none.
    public var body: [UInt8]

    /// A call to `url`, by default without fields and body.
    public init(_ method: HTTPMethod, _ url: EndpointURL, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}
