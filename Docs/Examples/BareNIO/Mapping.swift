import LoginFlow
import NIOCore
import NIOHTTP1
import OAuthTypes

extension BrowserRequest {
    /// Nil if the method or a field is one that no browser sends.
    init?(_ head: HTTPRequestHead) {
        let fields = head.headers.map { HeaderField($0.name, $0.value) }
        guard let method = OAuthTypes.HTTPMethod(head.method.rawValue), !fields.contains(nil) else { return nil }
        self.init(method, target: head.uri, fields: fields.compactMap(\.self))
    }
}

extension NIOAsyncChannelOutboundWriter<HTTPServerResponsePart> {
    /// Sends a reply; `isLast` tells the client that the connection ends with it.
    func write(_ reply: BrowserReply, to request: HTTPRequestHead, isLast: Bool) async throws {
        var headers = HTTPHeaders(reply.fields.map { ($0.name, $0.value) })
        if !headers.contains(name: "Content-Length") {
            headers.add(name: "Content-Length", value: "\(reply.body.count)")
        }
        if isLast { headers.replaceOrAdd(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: reply.status)
        try await write(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)))
        if request.method != .HEAD { try await write(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))) }
        try await write(.end(nil))
    }
}
