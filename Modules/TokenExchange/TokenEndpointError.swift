public import OAuthTypes

/// Why the token or revocation endpoint gave no answer that can be used. Holds no text of a body and no secret.
@nonexhaustive
public enum TokenEndpointError: Error, Sendable, CustomStringConvertible {
    /// The part of a token response that breaks its rules.
    @nonexhaustive
    public enum Part: String, Sendable, Hashable {
        /// Not one strict JSON object.
        case body = "the body"
        /// Missing, empty, or not printable ASCII.
        case accessToken = "access_token"
        /// Missing or no text.
        case tokenType = "token_type"
        /// Not a number.
        case expiresIn = "expires_in"
        /// Not printable ASCII.
        case refreshToken = "refresh_token"
        /// Not printable ASCII.
        case idToken = "id_token"
        /// Not a list of scope values (RFC 6749 §3.3).
        case scope
        /// An error code that is no text.
        case error
    }

    /// The grant was made for another client or by another issuer: nothing was sent.
    case foreignGrant
    /// Client authentication failed on our side, or added credentials twice: nothing was sent. The cause
    /// is the plug-in's.
    case authenticationFailed(any Error)
    /// No response; says whether the server may have seen the request.
    case transport(TransportFailure)
    /// The server answered with a redirect, which is never followed.
    case redirected(status: Int)
    /// The server refused with an error of RFC 6749 §5.2, whatever the status.
    case rejected(OAuthErrorResponse, status: Int)
    /// Some other status, without an error that can be read.
    case status(Int)
    /// The response is not `application/json` but this: at most 64 octets, empty when the server named no type.
    case contentType(String)
    /// A part of the response breaks its rules.
    case malformed(Part)
    /// A token type other than Bearer.
    case unsupportedTokenType

    /// A name for logs, metrics and branches that never changes.
    public var code: String {
        switch self {
        case .foreignGrant: "token_foreign_grant"
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

    /// What happened, without what the server wrote beyond its error code.
    public var description: String {
        switch self {
        case .foreignGrant: "the grant belongs to another client or issuer than this token endpoint"
        case .authenticationFailed: "the client's credentials could not be added to the request"
        case .transport(let failure): "no response from the token endpoint: \(failure)"
        case .redirected(let status): "the token endpoint answered with a redirect (\(status)), which is not followed"
        case .rejected(let response, let status): "the token endpoint answered \(response) (\(status))"
        case .status(let status): "the token endpoint answered \(status) without a readable error"
        case .contentType(let type): "the token endpoint answered '\(type)' instead of application/json"
        case .malformed(let part): "the token response is invalid: \(part.rawValue)"
        case .unsupportedTokenType: "the token endpoint issued a token that is not a Bearer token"
        }
    }
}
