public import OAuthTypes

/// A browser's request as received by the web framework.
public struct BrowserRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The target in origin form: path and query exactly as received (RFC 9112 §3.2.1).
    public var target: String
    /// The header fields in order.
    public var fields: [HeaderField]
    /// The body, read up to the limit of the route; empty when there is none.
    public var body: [UInt8]
    /// The client, if the adapter knows it. Only the limit of failing logins uses it.
    public var client: ClientAddress?

    /// Creates a request.
    public init(_ method: HTTPMethod, target: String, fields: [HeaderField] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }
}

extension BrowserRequest {
    /// The target before its query.
    var path: Substring { target.prefix { $0 != "?" } }

    /// The query without its `?`; empty when there is none.
    var query: Substring { target.dropFirst(path.count).dropFirst() }

    /// Whether the response is shown to a person: a top-level navigation, not a script, a prefetch or an image.
    ///
    /// Browsers say so by Fetch Metadata; without it, a request that accepts HTML counts as one.
    public var isNavigation: Bool {
        guard mayBeNavigation else { return false }
        return hasFetchMetadata || fields.values(named: "Accept").contains { $0.lowercased().contains("text/html") }
    }

    /// Whether the client asks for JSON and not for HTML.
    public var prefersJSON: Bool {
        let accepted = fields.values(named: "Accept").joined(separator: ",").lowercased()
        return accepted.contains("json") && !accepted.contains("text/html")
    }

    /// Whether the request may be a navigation: no field says otherwise.
    var mayBeNavigation: Bool {
        guard !isPrefetch, !prefersJSON, fields.values(named: "X-Requested-With").isEmpty else { return false }
        guard hasFetchMetadata else { return true }
        let destination = fields.onlyValue(named: "Sec-Fetch-Dest") ?? "document"
        return fields.onlyValue(named: "Sec-Fetch-Mode") == "navigate" && destination == "document"
    }

    /// Whether a browser fetches in advance a page that the user may never open.
    var isPrefetch: Bool {
        ["Sec-Purpose", "Purpose", "X-Moz"].contains { name in
            fields.values(named: name).contains { $0.lowercased().contains("prefetch") }
        }
    }

    private var hasFetchMetadata: Bool { !fields.values(named: "Sec-Fetch-Mode").isEmpty }
}

extension BrowserRequest: CustomStringConvertible, CustomReflectable {
    /// Method and path: query, fields and body may contain codes and cookies.
    public var description: String { "\(method) \(path)" }

    /// Shows nothing of query, fields and body.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
