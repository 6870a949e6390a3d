import FlyingFox
import Foundation
import LoginFlow
import OAuthTypes

/// Translates between FlyingFox and the flow.
struct LoginHandler: HTTPHandler {
    let site: Site

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard var visit = BrowserRequest(request) else { return HTTPResponse(statusCode: .badRequest) }
        guard let body = try await request.octets(upTo: site.bodyLimit(visit)) else {
            return HTTPResponse(site.flow.refuseLongBody(of: visit))
        }
        visit.body = body
        return HTTPResponse(await site.reply(to: visit))
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

extension HTTPRequest {
    /// The body; nil if it is longer than `limit`. What is too long is read to its end all the same, so that the next
    /// request begins where it should.
    func octets(upTo limit: Int) async throws -> [UInt8]? {
        var octets: [UInt8] = []
        var count = 0
        for try await part in bodySequence {
            count += part.count
            if count <= limit { octets += part }
        }
        return count <= limit ? octets : nil
    }
}

extension HTTPResponse {
    init(_ reply: BrowserReply) {
        var headers = HTTPHeaders()
        for field in reply.fields { headers.addValue(field.value, for: HTTPHeader(field.name)) }
        self.init(
            statusCode: HTTPStatusCode(reply.status, phrase: ""), headers: headers, body: Data(reply.body))
    }
}
