#if HTTPTypes

    public import HTTPTypes
    public import OAuthTypes

    extension HTTPRequest {
        /// Creates the head of a request that a transport of your own sends; the body is
        /// ``OAuthTypes/TransportRequest/body``.
        ///
        /// Fields about connection and framing are left out, and `Accept-Encoding: identity` is there unless the request
        /// has its own.
        /// - Returns: nil only if HTTPTypes does not know the method as one.
        public init?(_ request: TransportRequest) {
            guard let method = Method(request.method.text) else { return nil }
            let origin = request.url.origin.description
            let authority = origin.split(separator: "://", maxSplits: 1).last.map(String.init)
            let path = request.url.path.isEmpty ? "/" : request.url.path
            self.init(
                method: method, scheme: request.url.origin.scheme,
                authority: authority, path: request.url.query.map { "\(path)?\($0)" } ?? path,
                headerFields: HTTPFields(request.endToEndFields))
        }
    }

    extension TransportResponse {
        /// Creates a response from its head and its body; nil if the status is not final, or a field is none of RFC 9110 §5.
        public init?(_ response: HTTPResponse, body: [UInt8]) {
            guard (200...599).contains(response.status.code), let fields = [HeaderField](response.headerFields) else {
                return nil
            }
            self.init(status: response.status.code, fields: fields, body: body)
        }
    }

#endif
