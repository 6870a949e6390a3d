public import OAuthTypes

/// Why there is no key set: it could not be fetched, or what came is none. Never carries what was read.
@nonexhaustive
public enum JWKSetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not strict JSON of at most 512 KiB.
    case malformed
    /// No `keys` array (RFC 7517 §5.1).
    case missingKeys
    /// More keys than the limit.
    case tooManyKeys(limit: Int)
    /// No answer from the issuer.
    case transport(TransportError)
    /// The answer was a redirect to another origin or a second one. Where it leads is foreign text without its query, cut
    /// to 256 octets of printable ASCII.
    case redirected(to: String?)
    /// The answer's status carries no document.
    case status(Int)
    /// The answer was a page.
    case contentType
    /// The fetched set has no key that may be used; and what it has instead.
    case noUsableKey(LeftOutKeys)
    /// No keys that fit are known, and after earlier failures it is too early to ask again.
    case waiting

    /// The case as a word that stays the same between releases.
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

    /// Whether waiting may help. What a server sends under its own rules or against all – a page, an answer beyond the
    /// bounds, no usable key – it will send again.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason.mayPass
        case .status(let status): status >= 500 || status == 429
        case .waiting: true
        case .redirected, .contentType, .malformed, .missingKeys, .tooManyKeys, .noUsableKey: false
        }
    }

    /// The reason in words.
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
