public import OAuthTypes
import WireFormats

/// The response of an API. Any status but 401 is returned, including redirects, which are not followed.
public struct APIResponse: Sendable {
    /// The status code.
    public let status: Int
    /// Header fields in order.
    public let fields: [HeaderField]
    /// The body as received.
    public let body: [UInt8]
    /// With 429 and 503, how long the API asks to wait (RFC 9110 §10.2.3), 0…86,400 s; nil when it does not say.
    public let retryAfter: Duration?

    init(_ response: TransportResponse, at now: UnixTime) {
        status = response.status
        fields = response.fields
        body = response.body
        retryAfter =
            [429, 503].contains(status) ? APIResponse.retryAfter(response.fields, at: now).map { .seconds($0) } : nil
    }

    /// The Bearer challenge, such as `insufficient_scope` with a 403 (RFC 6750 §3.1). Its texts are untrusted.
    public var challenge: BearerChallenge? { BearerChallenge(fieldValues: fields.values(named: "WWW-Authenticate")) }

    /// Whether a 401 may be about the token. Real servers answer an expired token with `invalid_request`, without a
    /// code, without a challenge, or with one that lacks its scheme. A challenge with another scheme asks for another
    /// credential.
    var mayBeAboutTheToken: Bool {
        if let challenge {
            return challenge.error.map { [.invalidToken, .invalidRequest].contains($0) } ?? true
        }
        return !fields.values(named: "WWW-Authenticate").contains(where: APIResponse.namesScheme)
    }

    // RFC 9110 §11.6.1: a scheme is a token followed by a space, or by nothing. `error="invalid_token"` names none.
    private static func namesScheme(_ value: String) -> Bool {
        let scheme = value.utf8.drop { $0 == 0x20 || $0 == 0x09 }.prefix { HeaderField.isTokenOctet($0) }
        guard !scheme.isEmpty else { return false }
        let rest = value.utf8[scheme.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
        return String(Substring(scheme)).lowercased() != "bearer" && rest.first != UInt8(ascii: "=")
    }

    private static func retryAfter(_ fields: [HeaderField], at now: UnixTime) -> Int64? {
        guard let value = fields.onlyValue(named: "Retry-After"), !value.isEmpty else { return nil }
        if value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return min(Int64(value) ?? .max, 86_400) }
        guard let time = HTTPDate.unixSeconds(value) else { return nil }
        return min(max(UnixTime(seconds: Int64(time)).seconds(since: now), 0), 86_400)
    }
}
