import HTTPTypes
public import Hummingbird
public import LoginFlow
import NIOCore
public import OAuthTypes

extension BrowserRequest {
    /// The head of a Hummingbird request; nil when it holds a method or field that no browser sends.
    public init?(_ request: Request) {
        guard let method = HTTPMethod(request.method.rawValue), let target = request.head.path else { return nil }
        let fields = request.headers.compactMap { HeaderField($0.name.rawName, $0.value) }
        guard fields.count == request.headers.count else { return nil }
        self.init(method, target, fields: fields)
    }
}

extension Request {
    /// The body, or nil when it is longer than `limit` octets or breaks off.
    ///
    /// Of a longer one up to a MiB is read and thrown away: a client that is still sending when the connection is closed
    /// never reads the answer.
    public func octets(upTo limit: Int) async -> [UInt8]? {
        var octets: [UInt8] = []
        var count = 0
        do {
            for try await buffer in body {
                count += buffer.readableBytes
                if count <= limit { octets += buffer.readableBytesView }
                guard count <= max(limit, Request.drained) else { return nil }
            }
        } catch { return nil }
        return count <= limit ? octets : nil
    }

    private static var drained: Int { 1 << 20 }
}

extension Response {
    /// A reply of the flow as a Hummingbird response.
    public init(_ reply: BrowserReply) {
        self.init(
            status: HTTPResponse.Status(code: reply.status), headers: HTTPFields(reply.fields),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// The response with the fields that the flow demands on every reply. They win over the app's own, cookies aside.
    public func adding(_ fields: ReplyFields) -> Response {
        var response = self
        let mine = HTTPFields(fields.fields)
        for field in mine where field.name != .setCookie { response.headers[field.name] = nil }
        response.headers.append(contentsOf: mine)
        return response
    }
}

extension HTTPFields {
    /// Fields in order, several of a name kept.
    public init(_ fields: [HeaderField]) {
        self.init()
        for field in fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            append(HTTPField(name: name, value: field.value))
        }
    }
}
