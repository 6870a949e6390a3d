import JOSE
import OAuthTypes
import WireFormats

extension LoginFlow {
    /// The public halves of the app's keys (RFC 7517 §5), for everyone.
    func publishedKeys(to request: BrowserRequest) -> BrowserReply {
        guard let keys = settings.clientKeys else { return BrowserReply(status: 404) }
        guard [.get, .head].contains(request.method) else {
            return BrowserReply(status: 405, fields: [HeaderField(literal: "Allow", value: "GET, HEAD")])
        }
        var reply = BrowserReply.json(
            JSONWriter.text(keys.current.jwkSet), status: 200, type: "application/jwk-set+json")
        // A provider that fetches it again within minutes learns of an announced key in time.
        reply.fields.append(HeaderField(literal: "Cache-Control", value: "public, max-age=300"))
        return request.method == .head ? reply.withoutBody : reply
    }
}
