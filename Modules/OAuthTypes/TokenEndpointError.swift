/// Why the token or revocation endpoint returned no usable response. Contains no text of a body and no secret.
///
/// `Docs/Guides/ExchangingTokens.md` says what each case means for a refresh token.
@nonexhaustive
public enum TokenEndpointError: Error, Sendable, CustomStringConvertible {
    /// The part of a token response that breaks its rules.
    @nonexhaustive
    public enum Part: String, Sendable, Hashable {
        /// The body is not one strict JSON object.
        case body = "the body"
        /// Neither an access token nor an ID token.
        case tokens
        /// Not printable ASCII.
        case accessToken = "access_token"
        /// Not a string.
        case tokenType = "token_type"
        /// Not printable ASCII.
        case idToken = "id_token"
        /// An error code that is not a string.
        case error
        /// Not printable ASCII, longer than 2,048 octets or missing (RFC 9126 §2.2).
        case requestURI = "request_uri"
    }

    /// The grant was made for another client or by another issuer: nothing was sent.
    case grantMismatch
    /// The endpoint is unknown, for example while the provider's metadata cannot be fetched: nothing was sent. The
    /// cause says why.
    case endpointUnknown(any Error)
    /// Client authentication failed before the request, or added credentials twice: nothing was sent. The cause is the
    /// plug-in's.
    case authenticationFailed(any Error)
    /// No response; says whether the server may have received the request.
    case transport(TransportError)
    /// The server answered with a redirect, which is never followed: it could send the code to another server. The
    /// target is untrusted text without its query, cut to 256 octets of printable ASCII.
    case redirected(status: Int, to: String?)
    /// The server returned an error response (RFC 6749 §5.2), with any status.
    case rejected(OAuthErrorResponse, status: Int)
    /// Another status, without a readable error.
    case status(Int)
    /// The response is not JSON but this media type: at most 64 octets, empty if the server named none.
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

    /// What happened and how to fix it, for the operator only: with the server's error description, sanitized and
    /// without the request's secrets. Never show it on a page.
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
        case .requestURI: "the pushed authorization request endpoint's answer has no usable 'request_uri'"
        case .accessToken, .idToken, .tokenType, .error:
            "the token response is invalid: '\(part.rawValue)' is malformed"
        }
    }
}
