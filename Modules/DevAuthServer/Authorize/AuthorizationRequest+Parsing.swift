import OAuthTypes
import WireFormats

extension AuthorizationRequest {
    /// Checks everything but client and redirect URI, which are known by now: errors from here on are redirected.
    init(
        _ parameters: Parameters, to address: ReturnAddress, scopes: [DevScope], audience: String
    ) throws(AuthorizationRequestError) {
        try Self.checkForm(parameters)
        audiences = try Self.audiences(parameters, of: address.client, or: audience)
        details = try Self.details(parameters["authorization_details"], of: address.client)
        organization = try Self.organization(parameters, of: address.client)
        connection = try Self.connection(parameters["connection"])
        client = address.client
        redirectURI = address.redirectURI
        state = address.state
        mode = address.mode
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
        guard parameters["request_uri"] == nil else {
            throw .refused("request_uri_not_supported", because: "this server accepts its own request URIs only")
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
        guard parameters["response_mode"].map(ResponseMode.init) != .some(nil) else {
            throw .refused("invalid_request", because: "this server does not support this response_mode")
        }
    }

    // Auth0's `audience`, and `resource` of RFC 8707 §2.1, which may appear more than once.
    private static func audiences(
        _ parameters: Parameters, of client: DevClient, or audience: String
    ) throws(AuthorizationRequestError) -> [String] {
        let known = [audience] + client.audiences
        var audiences: [String] = []
        for asked in [parameters["audience"]].compactMap(\.self) + parameters.values(of: "resource") {
            guard known.contains(where: { $0.hasSameOctets(as: asked) }) else {
                throw .refused("invalid_target", because: "the audience is not an API of this server")
            }
            if !audiences.contains(where: { $0.hasSameOctets(as: asked) }) { audiences.append(asked) }
        }
        return audiences.isEmpty ? [audience] : audiences
    }

    private static func details(
        _ text: String?, of client: DevClient
    ) throws(AuthorizationRequestError) -> AuthorizationDetails {
        do { return try AuthorizationDetails(text, allowing: client.authorizationDetailTypes) } catch {
            throw .refused(AuthorizationDetails.DetailsError.code, because: error.reason)
        }
    }

    private static func organization(
        _ parameters: Parameters, of client: DevClient
    ) throws(AuthorizationRequestError) -> DevOrganization? {
        guard let text = parameters["organization"] else {
            guard parameters["invitation"] == nil else {
                throw .refused("invalid_request", because: "an invitation needs its organization")
            }
            return nil
        }
        guard let organization = client.organizations.first(where: { $0.isNamed(text) }) else {
            throw .refused("invalid_request", because: "the organization is unknown")
        }
        if let invitation = parameters["invitation"], !organization.invitations.contains(invitation) {
            throw .refused("access_denied", because: "the invitation is unknown")
        }
        return organization
    }

    private static func connection(_ text: String?) throws(AuthorizationRequestError) -> DevLoginOption? {
        guard let text else { return nil }
        guard let option = DevLoginOption(rawValue: text) else {
            throw .refused("invalid_request", because: "the connection is unknown")
        }
        return option
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
