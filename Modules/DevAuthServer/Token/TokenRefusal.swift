import OAuthTypes
import WireFormats

/// An answer of the token or revocation endpoint that is an error (RFC 6749 §5.2). Texts are ours, never the request's.
struct TokenRefusal: Error {
    let status: Int
    let response: OAuthErrorResponse

    static func invalidGrant(_ why: String) -> TokenRefusal { refusal("invalid_grant", why) }
    static func invalidScope(_ why: String) -> TokenRefusal { refusal("invalid_scope", why) }
    static func invalidRequest(_ why: String) -> TokenRefusal { refusal("invalid_request", why) }
    static func invalidTarget(_ why: String) -> TokenRefusal { refusal("invalid_target", why) }
    static let unsupportedGrantType = refusal(
        "unsupported_grant_type", "this server knows authorization_code and refresh_token")
    static let invalidClient = TokenRefusal(
        status: 401,
        response: OAuthErrorResponse(error: "invalid_client", errorDescription: "unknown client or wrong secret"))
    static let serverError = TokenRefusal(
        status: 500, response: OAuthErrorResponse(error: "server_error", errorDescription: "signing failed"))

    private static func refusal(_ code: String, _ why: String) -> TokenRefusal {
        TokenRefusal(status: 400, response: OAuthErrorResponse(error: code, errorDescription: why))
    }

    var answer: DevResponse {
        var members: JSONObject = ["error": .string(response.error)]
        members["error_description"] = response.errorDescription.map(JSONValue.string)
        // RFC 6749 §5.2: a 401 names the scheme.
        let challenge =
            status == 401 ? [HeaderField(literal: "WWW-Authenticate", "Basic realm=\"token\", charset=\"UTF-8\"")] : []
        return .json(members, status: status, fields: challenge)
    }
}
