import OAuthTypes
import WireFormats

extension AuthorizationRequest {
    /// Checks everything but client and redirect URI, which are known by now: errors from here on are redirected.
    init(
        _ parameters: Parameters, to address: ReturnAddress, scopes: [DevScope], audience: String
    ) throws(AuthorizationRequestError) {
        try Self.checkForm(parameters)
        self.audience = try Self.audience(parameters["audience"], of: address.client, or: audience)
        client = address.client
        redirectURI = address.redirectURI
        state = address.state
        nonce = parameters["nonce"]
        scope = try Self.scope(parameters["scope"], from: scopes.filter { address.client.mayRequest($0.name) })
        codeChallenge = try Self.challenge(parameters)
        prompts = try Self.prompts(parameters["prompt"])
        maxAge = try Self.maxAge(parameters["max_age"])
        loginHint = parameters["login_hint"]
        idTokenHint = parameters["id_token_hint"]
    }

    private static func checkForm(_ parameters: Parameters) throws(AuthorizationRequestError) {
        guard !parameters.hasRepetition else { throw .refused("invalid_request", because: "a parameter appears twice") }
        guard parameters["request"] == nil else {
            throw .refused("request_not_supported", because: "this server accepts no request objects")
        }
        guard parameters["request_uri"] == nil else {
            throw .refused("request_uri_not_supported", because: "this server accepts no request URIs")
        }
        guard parameters["registration"] == nil else {
            throw .refused("registration_not_supported", because: "this server accepts no registration in requests")
        }
        guard let type = parameters["response_type"] else {
            throw .refused("invalid_request", because: "response_type is missing")
        }
        guard type.hasSameOctets(as: "code") else {
            throw .refused("unsupported_response_type", because: "this server supports response_type=code")
        }
        guard (parameters["response_mode"] ?? "query").hasSameOctets(as: "query") else {
            throw .refused("invalid_request", because: "this server supports response_mode=query")
        }
    }

    private static func audience(
        _ asked: String?, of client: DevClient, or audience: String
    ) throws(AuthorizationRequestError) -> String {
        guard let asked else { return audience }
        guard let known = ([audience] + client.audiences).first(where: { $0.hasSameOctets(as: asked) }) else {
            throw .refused("invalid_target", because: "the audience is not an API of this server")
        }
        return known
    }

    private static func scope(_ text: String?, from scopes: [DevScope]) throws(AuthorizationRequestError) -> Scope {
        guard let text, let asked = try? Scope(text) else {
            throw .refused("invalid_scope", because: "scope is missing or malformed")
        }
        guard asked.contains(DevScope.openID) else {
            throw .refused("invalid_scope", because: "scope must contain openid")
        }
        let known = asked.values.filter { value in scopes.contains { $0.name == value } }
        guard let scope = try? Scope(known) else { throw .refused("invalid_scope", because: "scope is malformed") }
        return scope
    }

    private static func challenge(_ parameters: Parameters) throws(AuthorizationRequestError) -> String {
        guard let challenge = parameters["code_challenge"] else {
            throw .refused("invalid_request", because: "PKCE is required: code_challenge is missing")
        }
        // RFC 7636 §4.3: a missing method means plain, which is not accepted here.
        guard let method = parameters["code_challenge_method"], method.hasSameOctets(as: "S256") else {
            throw .refused("invalid_request", because: "PKCE is required: code_challenge_method must be S256")
        }
        guard Base64URL.decode(challenge)?.count == 32 else {
            throw .refused("invalid_request", because: "code_challenge is not the base64url of a SHA-256")
        }
        return challenge
    }

    private static func prompts(_ text: String?) throws(AuthorizationRequestError) -> Set<Prompt> {
        var prompts: Set<Prompt> = []
        for word in (text ?? "").split(separator: " ") {
            guard let prompt = Prompt(rawValue: String(word)) else {
                throw .refused("invalid_request", because: "prompt contains an unknown value")
            }
            prompts.insert(prompt)
        }
        guard prompts.count < 2 || !prompts.contains(.none) else {
            throw .refused("invalid_request", because: "prompt=none allows no other value")
        }
        return prompts
    }

    private static func maxAge(_ text: String?) throws(AuthorizationRequestError) -> Int64? {
        guard let text else { return nil }
        guard let seconds = Int64(text), seconds >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .refused("invalid_request", because: "max_age is not a number of seconds")
        }
        return seconds
    }
}

extension DevClient {
    fileprivate func mayRequest(_ value: String) -> Bool { value == DevScope.openID || scope?.contains(value) ?? true }
}

extension OAuthErrorResponse {
    static func refused(_ error: String, because reason: String) -> OAuthErrorResponse {
        OAuthErrorResponse(error: error, errorDescription: reason)
    }
}
