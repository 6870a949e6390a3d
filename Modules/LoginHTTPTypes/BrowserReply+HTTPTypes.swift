#if HTTPTypes

    public import HTTPTypes
    public import LoginFlow
    import OAuthTypes

    extension HTTPResponse {
        /// Creates the head of a reply; the body is ``LoginFlow/BrowserReply/body``. A status that no server may send
        /// becomes 500.
        public init(_ reply: BrowserReply) {
            let code = (200...599).contains(reply.status) ? reply.status : 500
            self.init(status: Status(code: code), headerFields: HTTPFields(reply.fields))
        }
    }

    extension BrowserReply {
        /// Creates a reply from the response of an app, such as for a `TestBrowser`; nil if a field is none of RFC 9110 §5.
        public init?(_ response: HTTPResponse, body: [UInt8] = []) {
            guard let fields = [HeaderField](response.headerFields) else { return nil }
            self.init(status: response.status.code, fields: fields, body: body)
        }
    }

#endif
