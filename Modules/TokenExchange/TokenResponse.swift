import OAuthTypes
import WireFormats

/// Reads a token response (RFC 6749 §5).
///
/// A member that is `null` or, except for `scope`, empty counts as missing. An optional member in another form never
/// costs the tokens: unambiguous values are accepted, others are left out, and both are recorded as deviations.
struct TokenResponse {
    // Longer than any access token should live, short enough that sums with it never saturate.
    private static let longestLifetime: Double = 315_360_000

    let members: JSONObject
    private(set) var deviations: [ProviderDeviation]

    /// Checks status, media type and form of a response; ``tokens(receivedAt:)`` reads its members.
    init(
        _ response: TransportResponse, masking mask: SecretMask, success: Int = 200
    ) throws(TokenEndpointError) {
        guard !response.isRedirect else {
            throw .redirected(status: response.status, to: response.shownLocation.map { mask.masked($0) })
        }
        let body: JSONBody
        do { body = try JSONBody(response, from: .tokenResponse) } catch {
            throw response.carriesContent ? .transport(error) : .status(response.status)
        }
        let members = try? JSONReader.object(body.text)
        // An error is read under any media type and status: it gives nothing away.
        if let members { try TokenResponse.refuseError(in: members, status: response.status, masking: mask) }
        guard response.carriesContent else { throw .status(response.status) }
        let type = MediaType.essence(response.fields)
        guard !MediaType.isHTML(response.fields) else { throw .contentType(type) }
        guard let members else { throw MediaType.isJSON(response.fields) ? .malformed(.body) : .contentType(type) }
        self.members = members
        deviations = body.deviations
        guard response.status != success else { return }
        note(
            nil,
            form: success == 200
                ? "a success with a status other than 200" : "a success with a status other than 201")
    }

    /// The tokens of a successful response.
    mutating func tokens(receivedAt now: UnixTime) throws(TokenEndpointError) -> TokenSet {
        let accessToken = try token("access_token", as: .accessToken)
        let idToken = try token("id_token", as: .idToken)
        guard accessToken != nil || idToken != nil else { throw .malformed(.tokens) }
        if accessToken == nil { note("access_token", form: "missing beside an ID token") } else { try requireBearer() }
        let lifetime = lifetime()
        let refreshToken = refreshToken()
        let scope = scope()
        let details = authorizationDetails()
        return TokenSet(
            accessToken: accessToken.map { AccessToken($0) }, expiresAt: lifetime.map { now.adding(seconds: $0) },
            refreshToken: refreshToken, idToken: idToken.map { RawIDToken($0) }, scope: scope,
            authorizationDetails: details, receivedAt: now, deviations: deviations)
    }

    private static func refuseError(
        in members: JSONObject, status: Int, masking mask: SecretMask
    ) throws(TokenEndpointError) {
        guard let error = members["error"], error != .null else { return }
        let isSuccess = (200...299).contains(status)
        guard let code = error.stringValue else { throw isSuccess ? .malformed(.error) : .status(status) }
        guard !code.isEmpty else { return }
        let words = ["error_description", "error_uri"].map { members[$0]?.stringValue.map { mask.masked($0) } }
        throw .rejected(
            OAuthErrorResponse(error: mask.masked(code: code), errorDescription: words[0], errorURI: words[1]),
            status: status)
    }

    // RFC 6749 §5.1 requires the type; RFC 6750 §4 shows the usual meaning if it is missing.
    private mutating func requireBearer() throws(TokenEndpointError) {
        guard let value = member("token_type") else { return note("token_type", form: "missing, taken for Bearer") }
        guard let type = value.stringValue else { throw .malformed(.tokenType) }
        guard type.lowercased() == "bearer" else { throw .unsupportedTokenType }
    }

    // The member unless it is null or empty.
    private mutating func member(_ name: String) -> JSONValue? {
        guard let value = members[name] else { return nil }
        guard value != .null, value.stringValue?.isEmpty != true else {
            note(name, form: "null or empty, taken for absent")
            return nil
        }
        return value
    }

    private mutating func token(
        _ name: String, as part: TokenEndpointError.Part
    ) throws(TokenEndpointError) -> String? {
        guard let value = member(name) else { return nil }
        guard let text = value.stringValue, TokenResponse.isToken(text) else { throw .malformed(part) }
        return text
    }

    private mutating func refreshToken() -> RefreshToken? {
        guard let value = member("refresh_token") else { return nil }
        guard let text = value.stringValue, TokenResponse.isToken(text) else {
            note("refresh_token", form: "not printable ASCII, left out")
            return nil
        }
        return RefreshToken(text)
    }

    // RFC 6749 Appendix A.12 and A.17: 1*VSCHAR.
    private static func isToken(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    // Missing: unknown. Zero or less: already expired. Fractions are cut off, and the maximum is ten years.
    mutating func lifetime() -> Int64? {
        guard let value = member("expires_in") else { return nil }
        guard let number = value.numberValue ?? value.stringValue.flatMap({ JSONNumber(text: $0) }) else {
            note("expires_in", form: "not a number, left out")
            return nil
        }
        if value.stringValue != nil { note("expires_in", form: "a number in quotes") }
        let seconds = number.double ?? (number.text.hasPrefix("-") ? 0 : TokenResponse.longestLifetime)
        return Int64(min(max(seconds, 0), TokenResponse.longestLifetime))
    }

    // Missing: as requested. Empty: none (RFC 6749 §5.1).
    private mutating func scope() -> Scope? {
        guard let value = members["scope"] else { return nil }
        guard value != .null else {
            note("scope", form: "null, taken for absent")
            return nil
        }
        guard let text = value.stringValue ?? TokenResponse.joined(value), let scope = try? Scope(text) else {
            note("scope", form: "not a list of scope values, left out")
            return nil
        }
        if value.stringValue == nil { note("scope", form: "an array instead of a text") }
        return scope
    }

    // RFC 9396 §2: an array of objects, each with a type.
    private mutating func authorizationDetails() -> [JSONObject] {
        guard let value = member("authorization_details") else { return [] }
        let details = (value.arrayValue ?? []).compactMap(\.objectValue)
        guard details.count == value.arrayValue?.count, details.allSatisfy({ $0["type"]?.stringValue != nil }) else {
            note("authorization_details", form: "not an array of objects with a type, left out")
            return []
        }
        return details
    }

    private static func joined(_ value: JSONValue) -> String? {
        guard let elements = value.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count ? texts.joined(separator: " ") : nil
    }

    private mutating func note(_ member: String?, form: StaticString) {
        deviations.note(ProviderDeviation(.tokenResponse, member, form: form))
    }
}
