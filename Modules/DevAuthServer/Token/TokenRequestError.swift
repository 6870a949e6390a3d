import OAuthTypes
import WireFormats

/// An error response of the token or revocation endpoint (RFC 6749 §5.2). Its texts never repeat the request.
struct TokenRequestError: Error {
    let status: Int
    let response: OAuthErrorResponse

    static func invalidGrant(_ reason: String) -> TokenRequestError { badRequest("invalid_grant", reason: reason) }
    static func invalidScope(_ reason: String) -> TokenRequestError { badRequest("invalid_scope", reason: reason) }
    static func invalidRequest(_ reason: String) -> TokenRequestError { badRequest("invalid_request", reason: reason) }
    static func invalidTarget(_ reason: String) -> TokenRequestError { badRequest("invalid_target", reason: reason) }
    static let unsupportedGrantType = badRequest(
        "unsupported_grant_type", reason: "this server supports authorization_code and refresh_token")
    static let invalidClient = TokenRequestError(
        status: 401,
        response: OAuthErrorResponse(error: "invalid_client", errorDescription: "unknown client or wrong secret"))
    static func assertion(_ fault: String) -> TokenRequestError {
        TokenRequestError(
            status: 401,
            response: OAuthErrorResponse(
                error: "invalid_client", errorDescription: "the client assertion is refused: \(fault)"))
    }
    static func refused(_ response: OAuthErrorResponse) -> TokenRequestError {
        TokenRequestError(status: 400, response: response)
    }
    static let serverError = TokenRequestError(
        status: 500, response: OAuthErrorResponse(error: "server_error", errorDescription: "signing failed"))

    private static func badRequest(_ code: String, reason: String) -> TokenRequestError {
        TokenRequestError(status: 400, response: OAuthErrorResponse(error: code, errorDescription: reason))
    }

    var answer: DevResponse {
        var members: JSONObject = ["error": .string(response.error)]
        members["error_description"] = response.errorDescription.map(JSONValue.string)
        // RFC 6749 §5.2: a 401 names the scheme.
        let challenge =
            status == 401
            ? [HeaderField(literal: "WWW-Authenticate", value: "Basic realm=\"token\", charset=\"UTF-8\"")] : []
        return .json(members, status: status, fields: challenge)
    }
}
