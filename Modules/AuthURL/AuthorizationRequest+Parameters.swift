import OAuthTypes
import WireFormats

extension AuthorizationRequest {
    /// Refuses what no provider could accept, before anything random is made.
    func validate(correlationID: String, endpoint: EndpointURL) throws(AuthorizationRequestError) {
        guard prompt.allSatisfy({ isWord($0.text) }), !prompt.contains(.none) || prompt.count == 1 else {
            throw .prompt
        }
        guard (maxAge ?? .zero) >= .zero else { throw .maxAge }
        guard uiLocales.allSatisfy(isWord) else { throw .listValue("ui_locales") }
        guard acrValues.allSatisfy(isWord), acrValues.joined(separator: " ").utf8.count <= 512 else {
            throw .listValue("acr_values")
        }
        guard (1...64).contains(correlationID.utf8.count), correlationID.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .correlationID
        }
        guard let query = endpoint.query, let fields = try? FormEncoding.decode(query) else { return }
        if let taken = fields.first(where: { AuthorizationRequest.isRefusedInEndpoint($0.name) }) {
            throw .endpointQuery(taken.name)
        }
    }

    /// The parameters in the order they are written.
    func parameters(state: String, pending: PendingLogin) -> [FormField] {
        let scopes = scope.contains("openid") ? scope.values : ["openid"] + scope.values
        let challenge = circumstances.contains(.withoutPKCE) ? nil : pending.codeChallenge
        let own: [(String, String?)] = [
            ("response_type", "code"), ("client_id", clientID.text), ("redirect_uri", redirectURI.text),
            ("scope", scopes.joined(separator: " ")), ("state", state), ("nonce", pending.nonce),
            ("code_challenge", challenge), ("code_challenge_method", challenge.map { _ in "S256" }),
            ("response_mode", responseMode == .query ? nil : responseMode.rawValue),
            ("prompt", list(prompt.map(\.text))), ("max_age", maxAge.map { String($0.wholeSeconds) }),
            ("login_hint", loginHint),
            ("ui_locales", list(uiLocales)), ("acr_values", list(acrValues)), ("audience", audience),
        ]
        let written = own.compactMap { name, value in value.map { FormField(name: name, value: $0) } }
        return written + extras.map { FormField(name: $0.name, value: $0.value) }
    }

    private func list(_ values: [String]) -> String? {
        values.isEmpty ? nil : values.joined(separator: " ")
    }

    private func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
