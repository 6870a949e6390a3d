/// Why the token or revocation endpoint gave no answer that can be used. Holds no text of a body and no secret.
///
/// `Docs/Guides/ExchangingTokens.md` says what each case means for a refresh token.
@nonexhaustive
public enum TokenEndpointError: Error, Sendable, CustomStringConvertible {
    /// The part of a token response that breaks its rules.
    @nonexhaustive
    public enum Part: String, Sendable, Hashable {
        /// Not one strict JSON object.
        case body = "the body"
        /// Neither an access token nor an ID token.
        case tokens
        /// Not printable ASCII.
        case accessToken = "access_token"
        /// No text.
        case tokenType = "token_type"
        /// Not printable ASCII.
        case idToken = "id_token"
        /// An error code that is no text.
        case error
    }

    /// The grant was made for another client or by another issuer: nothing was sent.
    case grantMismatch
    /// The endpoint is not known, as while the provider's metadata cannot be fetched: nothing was sent. The cause says why.
    case endpointUnknown(any Error)
    /// Client authentication failed on our side, or added credentials twice: nothing was sent. The cause
    /// is the plug-in's.
    case authenticationFailed(any Error)
    /// No response; says whether the server may have seen the request.
    case transport(TransportError)
    /// The server answered with a redirect, which is never followed: it could hand the code to somebody else. Where it leads
    /// is foreign text without its query, cut to 256 octets of printable ASCII.
    case redirected(status: Int, to: String?)
    /// The server refused with an error of RFC 6749 §5.2, whatever the status.
    case rejected(OAuthErrorResponse, status: Int)
    /// Some other status, without an error that can be read.
    case status(Int)
    /// The response is no JSON but this: at most 64 octets, empty when the server named no type.
    case contentType(String)
    /// A part of the response breaks its rules.
    case malformed(Part)
    /// A token type other than Bearer.
    case unsupportedTokenType

    /// A name for logs, metrics and branches that never changes.
    public var code: String {
        switch self {
        case .grantMismatch: "token_foreign_grant"
        case .endpointUnknown: "token_endpoint_unknown"
        case .authenticationFailed: "token_client_authentication"
        case .transport: "token_transport"
        case .redirected: "token_redirected"
        case .rejected: "token_rejected"
        case .status: "token_status"
        case .contentType: "token_content_type"
        case .malformed: "token_malformed"
        case .unsupportedTokenType: "token_type_unsupported"
        }
    }

    /// What happened and what to do about it, for the operator: with the server's own words about an error, cleaned and
    /// without what the request held in confidence, but never for a page.
    public var description: String {
        switch self {
        case .grantMismatch: "the grant belongs to another client or issuer than this token endpoint"
        case .endpointUnknown(let cause): "the token endpoint is not known: \(cause)"
        case .authenticationFailed: "the client's credentials could not be added to the request"
        case .transport(let failure): "no response from the token endpoint: \(failure)"
        case .redirected(let status, let target):
            "the token endpoint answered with a redirect (\(status))\(target.map { " to '\($0)'" } ?? ""), which is never "
                + "followed with a code: the provider's metadata has to name the endpoint itself ('token_endpoint')"
        case .rejected(let response, let status): "the token endpoint answered \(response.diagnosis) (\(status))"
        case .status(let status): "the token endpoint answered \(status) without a readable error"
        case .contentType(let type):
            "the token endpoint answered '\(type)' and no JSON: check the address ('token_endpoint' in the metadata) and "
                + "whether a proxy or a portal stands in between"
        case .malformed(let part): TokenEndpointError.words(about: part)
        case .unsupportedTokenType:
            "the token endpoint issued a token that is not a Bearer token: the client must be registered for Bearer tokens"
        }
    }

    private static func words(about part: Part) -> String {
        switch part {
        case .body: "the token endpoint's answer is not one strict JSON object"
        case .tokens:
            "the token response holds neither 'access_token' nor 'id_token': check the scope, which needs 'openid' for an "
                + "ID token, and how the client is registered"
        case .accessToken, .idToken, .tokenType, .error:
            "the token response is invalid: '\(part.rawValue)' is malformed"
        }
    }
}
