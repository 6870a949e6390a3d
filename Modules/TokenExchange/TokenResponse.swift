import OAuthTypes
import WireFormats

/// Reads what a token endpoint answered (RFC 6749 §5).
///
/// An optional member that is `null` counts as missing, and so does an optional token that is empty.
struct TokenResponse {
    // Longer than any access token should live, short enough that sums with it never saturate.
    private static let longestLifetime: Double = 315_360_000

    private let members: JSONObject

    /// Checks status, type and form of a response; what it says is read by ``tokens(receivedAt:)``.
    init(_ response: TransportResponse) throws(TokenEndpointError) {
        guard !(300...399).contains(response.status) else { throw .redirected(status: response.status) }
        let members = TokenResponse.members(of: response)
        if let error = members?["error"], error != .null {
            guard let code = error.stringValue else {
                throw response.status == 200 ? .malformed(.error) : .status(response.status)
            }
            let explanation = members?["error_description"]?.stringValue
            throw .rejected(OAuthErrorResponse(code: code, errorDescription: explanation), status: response.status)
        }
        guard response.status == 200 else { throw .status(response.status) }
        guard MediaType.isJSON(response.fields) else { throw .contentType(MediaType.essence(response.fields)) }
        guard let members else { throw .malformed(.body) }
        self.members = members
    }

    /// The tokens of a successful response.
    func tokens(receivedAt now: UnixTime) throws(TokenEndpointError) -> TokenSet {
        guard let accessToken = try token("access_token", .accessToken) else { throw .malformed(.accessToken) }
        guard let type = members["token_type"]?.stringValue else { throw .malformed(.tokenType) }
        guard type.lowercased() == "bearer" else { throw .unsupportedTokenType }
        return TokenSet(
            accessToken: AccessToken(accessToken), expiresAt: try lifetime().map { now.adding(seconds: $0) },
            refreshToken: try token("refresh_token", .refreshToken).map { RefreshToken($0) },
            idToken: try token("id_token", .idToken).map { RawIDToken($0) }, scope: try scope(), receivedAt: now)
    }

    private static func members(of response: TransportResponse) -> JSONObject? {
        MediaType.isJSON(response.fields) ? try? JSONReader.object(response.body) : nil
    }

    private func member(_ name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    // RFC 6749 Appendix A.12 and A.17: 1*VSCHAR.
    private func token(_ name: String, _ part: TokenEndpointError.Part) throws(TokenEndpointError) -> String? {
        guard let value = member(name) else { return nil }
        guard let text = value.stringValue, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .malformed(part)
        }
        return text.isEmpty ? nil : text
    }

    // Missing: unknown. Zero or less: already expired. Fractions are cut off, and ten years are the most that is
    // believed. A number in quotes is refused: RFC 6749 §5.1 gives numbers.
    private func lifetime() throws(TokenEndpointError) -> Int64? {
        guard let value = member("expires_in") else { return nil }
        guard let number = value.numberValue else { throw .malformed(.expiresIn) }
        let seconds = number.double ?? (number.text.hasPrefix("-") ? 0 : TokenResponse.longestLifetime)
        return Int64(min(max(seconds, 0), TokenResponse.longestLifetime))
    }

    // Missing: as requested. Empty: none (RFC 6749 §5.1).
    private func scope() throws(TokenEndpointError) -> Scope? {
        guard let value = member("scope") else { return nil }
        guard let text = value.stringValue, let scope = try? Scope(text) else { throw .malformed(.scope) }
        return scope
    }
}
