import FlyingFox
import Foundation
import LoginFlow
import OAuthTypes

/// Translates between FlyingFox and the flow.
struct LoginHandler: HTTPHandler {
    let site: Site

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard var visit = BrowserRequest(request) else {
            return HTTPResponse(BrowserReply(status: 400, fields: [], body: []), endsConnection: true)
        }
        switch await request.body(upTo: site.bodyLimit(visit)) {
        case .whole(let octets):
            visit.body = octets
            return HTTPResponse(await site.reply(to: visit))
        case .long: return HTTPResponse(site.flow.refuseLongBody(of: visit))
        case .unread: return HTTPResponse(site.flow.refuseLongBody(of: visit), endsConnection: true)
        }
    }
}

extension BrowserRequest {
    /// Nil if the method or a field is one that no browser sends.
    init?(_ request: HTTPRequest) {
        let fields = request.headers.map { HeaderField($0.key.rawValue, $0.value) }
        guard let method = OAuthTypes.HTTPMethod(request.method.rawValue), !fields.contains(nil) else { return nil }
        self.init(method, target: request.target.rawValue, fields: fields.compactMap(\.self))
    }
}

/// What became of a request's body.
private enum Body {
    case whole([UInt8])
    /// Longer than it may be, and read to its end: the next request begins where it should.
    case long
    /// Not read to its end, so the connection carries no other request.
    case unread
}

extension HTTPRequest {
    // A browser that is interrupted while it sends may not show the answer, so a little more than `limit` is read.
    private static let patience = 1 << 20

    fileprivate func body(upTo limit: Int) async -> Body {
        var octets: [UInt8] = []
        var count = 0
        do {
            for try await part in bodySequence {
                count += part.count
                if count > Self.patience { return .unread }
                if count <= limit { octets += part }
            }
        } catch { return .unread }
        return count <= limit ? .whole(octets) : .long
    }
}

extension HTTPResponse {
    init(_ reply: BrowserReply, endsConnection: Bool = false) {
        var headers = HTTPHeaders()
        for field in reply.fields { headers.addValue(field.value, for: HTTPHeader(field.name)) }
        if endsConnection { headers[.connection] = "close" }
        let body =
            endsConnection
            ? HTTPBodySequence(from: LastBody(octets: reply.body), count: reply.body.count)
            : HTTPBodySequence(data: Data(reply.body))
        self.init(statusCode: HTTPStatusCode(reply.status, phrase: ""), headers: headers, body: body)
    }
}
