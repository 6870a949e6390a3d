import HTTPTypes
import Hummingbird
import HummingbirdLogin
import LoginFlow
import OAuthTypes
import WireFormats

extension Response {
    static func page(_ html: HTML, policy: String, status: HTTPResponse.Status = .ok) -> Response {
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy]
        headers[.xContentTypeOptions] = "nosniff"
        if let referrer = HTTPField.Name("Referrer-Policy") { headers[referrer] = "same-origin" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html.markup)))
    }

    static func json(
        _ object: JSONObject, status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Response {
        let text = JSONValue.object(object).text()
        return Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Request {
    var prefersJSON: Bool { BrowserRequest(self)?.prefersJSON ?? false }

    /// Whether the form in the body was made for this session.
    func carriesToken(of session: LoginSession) async -> Bool { await form(of: session) != nil }

    /// The request with its body; nil unless the form was made for this session.
    func form(of session: LoginSession) async -> BrowserRequest? {
        guard var visit = BrowserRequest(self), let body = await octets(upTo: 4096) else { return nil }
        visit.body = body
        guard let token = visit.formValue("csrf_token"), session.accepts(csrfToken: token) else {
            return nil
        }
        return visit
    }
}
