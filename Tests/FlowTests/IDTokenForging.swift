import JOSE
import OAuthTypes
import WireFormats

extension FlowFixture {
    /// Lets the provider say other things in ID tokens, signed with its own key unless another one or a header is given.
    func resignIDTokens(
        header: JSONObject? = nil, key: SigningKey? = nil, change: @escaping @Sendable (inout JSONObject) -> Void
    ) throws {
        let serverKey = try FlowFixture.key.get()
        let signer = key ?? serverKey
        tamperTokens { response in
            guard let token = response["id_token"]?.stringValue else { return }
            var claims = JSONObject(payloadOf: token)
            change(&claims)
            let protected = header ?? ["alg": "RS256", "typ": "JWT", "kid": .string(serverKey.keyID?.text ?? "")]
            let forged = try? signer.signed(header: protected, payload: JSONWriter.bytes(claims))
            response["id_token"] = forged.map { .string($0.exposedText) }
        }
    }

    /// Lets the provider publish these keys.
    func publish(_ keys: JSONObject, alsoChanging change: @escaping TamperingTransport.Change) {
        transport.tamper { request, response throws(TransportError) in
            guard request.url.path == "/jwks" else { return try change(request, response) }
            return TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(keys))
        }
    }
}
