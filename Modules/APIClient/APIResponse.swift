public import OAuthTypes
import WireFormats

/// What an API answered. Any status but 401 arrives here, redirects too: nothing is followed.
public struct APIResponse: Sendable {
    /// The status code.
    public let status: Int
    /// Header fields in order.
    public let fields: [HeaderField]
    /// The body as it came.
    public let body: [UInt8]
    /// With 429 and 503, how many seconds the API asks to wait (RFC 9110 §10.2.3), 0…86,400; nil when it does not say.
    public let retryAfter: Int64?

    init(_ response: TransportResponse, at now: UnixTime) {
        status = response.status
        fields = response.fields
        body = response.body
        retryAfter = [429, 503].contains(status) ? APIResponse.retryAfter(response.fields, at: now) : nil
    }

    /// The Bearer challenge, such as `insufficient_scope` with a 403 (RFC 6750 §3.1). Its texts are foreign.
    public var challenge: BearerChallenge? { BearerChallenge(fieldValues: fields.values(named: "WWW-Authenticate")) }

    private static func retryAfter(_ fields: [HeaderField], at now: UnixTime) -> Int64? {
        guard let value = fields.onlyValue(named: "Retry-After"), !value.isEmpty else { return nil }
        if value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return min(Int64(value) ?? .max, 86_400) }
        guard let time = HTTPDate.unixSeconds(value) else { return nil }
        return min(max(UnixTime(seconds: Int64(time)).seconds(since: now), 0), 86_400)
    }
}
