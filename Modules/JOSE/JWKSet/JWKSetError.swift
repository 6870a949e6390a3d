public import OAuthTypes

/// Why there is no JWK set: it could not be fetched, or the response is not one. Never contains what was read.
@nonexhaustive
public enum JWKSetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not strict JSON of at most 512 KiB.
    case malformed
    /// No `keys` array (RFC 7517 §5.1).
    case missingKeys
    /// More keys than the limit.
    case tooManyKeys(limit: Int)
    /// No response from the issuer.
    case transport(TransportError)
    /// The response redirected to another origin, or a second time. The target is untrusted text without its query, cut
    /// to 256 octets of printable ASCII.
    case redirected(to: String?)
    /// A status without a document.
    case status(Int)
    /// The response was HTML.
    case contentType
    /// The fetched set has no usable key; and what it has instead.
    case noUsableKey(LeftOutKeys)
    /// No matching keys are cached, and after earlier failures it is too early to fetch again.
    case waiting

    /// The case as a word that is stable between releases.
    public var code: String {
        switch self {
        case .malformed: "malformed_key_set"
        case .missingKeys: "key_set_without_keys"
        case .tooManyKeys: "too_many_keys"
        case .transport: "key_set_transport"
        case .redirected: "key_set_redirected"
        case .status: "key_set_status"
        case .contentType: "key_set_content_type"
        case .noUsableKey: "no_usable_key"
        case .waiting: "key_set_unavailable"
        }
    }

    /// Whether waiting may help. Failures that follow from the server itself – a page, a response beyond the limits, no
    /// usable key – will happen again.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason.mayPass
        case .status(let status): status >= 500 || status == 429
        case .waiting: true
        case .redirected, .contentType, .malformed, .missingKeys, .tooManyKeys, .noUsableKey: false
        }
    }

    /// The reason as text.
    public var description: String {
        switch self {
        case .malformed: "the key set is not strict JSON of at most 512 KiB"
        case .missingKeys: "the key set has no member 'keys' that is an array (RFC 7517 §5.1)"
        case .tooManyKeys(let limit): "the key set has more than \(limit) keys"
        case .transport(let failure): "the key set could not be fetched: \(failure)"
        case .redirected(let target):
            "the key set's URL answers with a redirect\(target.map { " to '\($0)'" } ?? ""), which is not followed: only one "
                + "is, and only within the same origin. The provider's metadata has to name the right 'jwks_uri'"
        case .status(let status): "the key set's URL answers with status \(status)"
        case .contentType: "the key set's URL answers with a page (HTML) instead of application/jwk-set+json"
        case .noUsableKey(.none): "the key set is empty"
        case .noUsableKey(let leftOut): "the key set has no key that can verify signatures\(leftOut.clause)"
        case .waiting: "no keys that fit are known, and after an earlier failure it is too early to ask for them again"
        }
    }
}
