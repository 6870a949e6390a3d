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
        guard resources.count <= 16, resources.allSatisfy(AuthorizationRequest.isResource) else { throw .resource }
        guard authorizationDetails.allSatisfy({ $0["type"]?.stringValue?.isEmpty == false }) else {
            throw .authorizationDetails
        }
        try auth0.validate()
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
            ("login_hint", loginHint), ("id_token_hint", idTokenHint?.exposedText), ("display", display?.rawValue),
            ("ui_locales", list(uiLocales)), ("acr_values", list(acrValues)),
            ("claims", claims.isEmpty ? nil : JSONWriter.text(claims)), ("audience", audience),
            ("authorization_details", writtenDetails),
        ]
        let written = own.compactMap { name, value in value.map { FormField(name: name, value: $0) } }
        let repeated = resources.map { FormField(name: "resource", value: $0) }
        return written + repeated + auth0.fields + extras.map { FormField(name: $0.name, value: $0.value) }
    }

    private var writtenDetails: String? {
        authorizationDetails.isEmpty ? nil : JSONWriter.text(.array(authorizationDetails.map { .object($0) }))
    }

    // RFC 8707 §2: an absolute URI without a fragment. The rest is for the provider to judge.
    package static func isResource(_ text: String) -> Bool {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let scheme = text.utf8[..<colon]
        let isLetter = { (octet: UInt8) in (0x61...0x7A).contains(octet | 0x20) }
        return scheme.first.map(isLetter) == true
            && scheme.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0) }
            && text.utf8.index(after: colon) != text.utf8.endIndex
    }

    private func list(_ values: [String]) -> String? {
        values.isEmpty ? nil : values.joined(separator: " ")
    }

    private func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
