import OAuthTypes
import WireFormats

extension AuthorizationRequest {
    /// Judges what remains once the return address is known: from here on errors are redirected.
    init(
        _ parameters: Parameters, to address: ReturnAddress, scopes: [DevScope], audience: String
    ) throws(AuthorizationRequestError) {
        try Self.checkForm(parameters)
        if let asked = parameters["audience"], !asked.hasSameOctets(as: audience) {
            throw .because("invalid_target", "the audience is not an API of this server")
        }
        client = address.client
        redirectURI = address.redirectURI
        state = address.state
        nonce = parameters["nonce"]
        scope = try Self.scope(parameters["scope"], among: scopes)
        codeChallenge = try Self.challenge(parameters)
        prompts = try Self.prompts(parameters["prompt"])
        maxAge = try Self.maxAge(parameters["max_age"])
        loginHint = parameters["login_hint"]
        idTokenHint = parameters["id_token_hint"]
    }

    private static func checkForm(_ parameters: Parameters) throws(AuthorizationRequestError) {
        guard !parameters.hasRepetition else { throw .because("invalid_request", "a parameter stands there twice") }
        guard parameters["request"] == nil else { throw .because("request_not_supported", "no request objects here") }
        guard parameters["request_uri"] == nil else {
            throw .because("request_uri_not_supported", "no request URIs here")
        }
        guard parameters["registration"] == nil else {
            throw .because("registration_not_supported", "no registration in requests here")
        }
        guard let type = parameters["response_type"] else {
            throw .because("invalid_request", "response_type is missing")
        }
        guard type.hasSameOctets(as: "code") else {
            throw .because("unsupported_response_type", "this server knows response_type=code")
        }
        guard (parameters["response_mode"] ?? "query").hasSameOctets(as: "query") else {
            throw .because("invalid_request", "this server knows response_mode=query")
        }
    }

    private static func scope(_ text: String?, among scopes: [DevScope]) throws(AuthorizationRequestError) -> Scope {
        guard let text, let asked = try? Scope(text) else {
            throw .because("invalid_scope", "scope is missing or malformed")
        }
        guard asked.contains(DevScope.openID) else { throw .because("invalid_scope", "scope lacks openid") }
        let known = asked.values.filter { value in scopes.contains { $0.name == value } }
        guard let scope = try? Scope(known) else { throw .because("invalid_scope", "scope is malformed") }
        return scope
    }

    private static func challenge(_ parameters: Parameters) throws(AuthorizationRequestError) -> String {
        guard let challenge = parameters["code_challenge"] else {
            throw .because("invalid_request", "PKCE is required: code_challenge is missing")
        }
        // RFC 7636 §4.3: a missing method means plain, which is not accepted here.
        guard let method = parameters["code_challenge_method"], method.hasSameOctets(as: "S256") else {
            throw .because("invalid_request", "PKCE is required: code_challenge_method must be S256")
        }
        guard Base64URL.decode(challenge)?.count == 32 else {
            throw .because("invalid_request", "code_challenge is not the base64url of a SHA-256")
        }
        return challenge
    }

    private static func prompts(_ text: String?) throws(AuthorizationRequestError) -> Set<Prompt> {
        var prompts: Set<Prompt> = []
        for word in (text ?? "").split(separator: " ") {
            guard let prompt = Prompt(rawValue: String(word)) else {
                throw .because("invalid_request", "prompt holds an unknown value")
            }
            prompts.insert(prompt)
        }
        guard prompts.count < 2 || !prompts.contains(.none) else {
            throw .because("invalid_request", "prompt=none allows no other value")
        }
        return prompts
    }

    private static func maxAge(_ text: String?) throws(AuthorizationRequestError) -> Int64? {
        guard let text else { return nil }
        guard let seconds = Int64(text), seconds >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .because("invalid_request", "max_age is not a number of seconds")
        }
        return seconds
    }
}

/// Why a request is answered with an error response at its client (RFC 6749 §4.1.2.1).
struct AuthorizationRequestError: Error {
    let response: OAuthErrorResponse

    static func because(_ error: String, _ why: String) -> AuthorizationRequestError {
        AuthorizationRequestError(response: .because(error, why))
    }
}

extension OAuthErrorResponse {
    static func because(_ error: String, _ why: String) -> OAuthErrorResponse {
        OAuthErrorResponse(error: error, errorDescription: why)
    }
}
