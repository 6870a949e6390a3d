import DevAuthServer
import Hummingbird
import HummingbirdLogin
import OAuthTypes

/// Passes every request to the embedded authorization server.
struct DevServerRoutes: HTTPResponder {
    typealias Context = BasicRequestContext

    private static let bodyLimit = 65_536
    let server: DevAuthServer

    func respond(to request: Request, context: Context) async throws -> Response {
        guard let method = HTTPMethod(request.method.rawValue), let target = request.head.path,
            let body = await request.octets(upTo: DevServerRoutes.bodyLimit)
        else { return Response(status: .badRequest) }
        let fields = request.headers.compactMap { HeaderField($0.name.rawName, $0.value) }
        let answer = await server.respond(to: DevRequest(method, target, fields: fields, body: body))
        return Response(
            status: HTTPResponse.Status(code: answer.status), headers: HTTPFields(answer.fields),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
