import JOSE
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The response that carries a code to the app.
    func response(to address: ReturnAddress, code: String) -> DevResponse {
        respond(to: address, with: [FormField(name: "code", value: code)])
    }

    /// The response that carries an error to the app (RFC 6749 §4.1.2.1).
    func response(to address: ReturnAddress, error: OAuthErrorResponse) -> DevResponse {
        let description = error.errorDescription.map { [FormField(name: "error_description", value: $0)] } ?? []
        return respond(to: address, with: [FormField(name: "error", value: error.error)] + description)
    }

    private func respond(to address: ReturnAddress, with fields: [FormField]) -> DevResponse {
        let state = address.state.map { [FormField(name: "state", value: $0)] } ?? []
        guard address.mode.isSigned else {
            // RFC 9207 §2: every authorization response names its issuer, errors too.
            return deliver(fields + state + [FormField(name: "iss", value: issuer.text)], to: address)
        }
        guard let response = signed(fields + state, for: address.client) else {
            return messagePage(
                status: 500, title: "This login cannot go on", words: "The response could not be signed.", turn: .user)
        }
        return deliver([FormField(name: "response", value: response)], to: address)
    }

    // JWT Secured Authorization Response Mode §2.1
    private func signed(_ fields: [FormField], for client: DevClient) -> String? {
        let end = clock.now.adding(seconds: Self.signedResponseLifetime)
        let claims = JSONObject(
            [("iss", .string(issuer.text)), ("aud", .string(client.id.text)), ("exp", .time(end))]
                + fields.map { ($0.name, .string($0.value)) })
        return try? signer.signed(type: "JWT", claims: claims).exposedText
    }

    private static let signedResponseLifetime: Int64 = 300

    private func deliver(_ fields: [FormField], to address: ReturnAddress) -> DevResponse {
        address.mode.isPosted
            ? postingPage(fields, to: address) : .redirect(to: address.redirectURI.addingQuery(fields))
    }
}
