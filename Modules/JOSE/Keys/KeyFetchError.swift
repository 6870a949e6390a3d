public import OAuthTypes

/// Why no keys came from the issuer. Never carries what it sent.
@nonexhaustive
public enum KeyFetchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No answer.
    case transport(TransportError)
    /// The answer was a redirect to another origin or a second one. Where it leads is foreign text without its query, cut
    /// to 256 octets of printable ASCII.
    case redirected(to: String?)
    /// The answer's status carries no document.
    case status(Int)
    /// The answer was a page.
    case contentType
    /// The answer was no key set.
    case invalid(JWKSetError)
    /// The set has no key that may be used; and what it has instead.
    case noUsableKey(LeftOutKeys)
    /// No keys that fit are known, and after earlier failures it is too early to ask again.
    case waiting

    /// Whether waiting may help. What a server sends under its own rules or against all – a page, an answer beyond the
    /// bounds, no usable key – it will send again.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason.mayPass
        case .status(let status): status >= 500 || status == 429
        case .waiting: true
        case .redirected, .contentType, .invalid, .noUsableKey: false
        }
    }

    /// The reason in words.
    public var description: String {
        switch self {
        case .transport(let failure): "the key set could not be fetched: \(failure)"
        case .redirected(let target):
            "the key set's URL answers with a redirect\(target.map { " to '\($0)'" } ?? ""), which is not followed: only one "
                + "is, and only within the same origin. The provider's metadata has to name the right 'jwks_uri'"
        case .status(let status): "the key set's URL answers with status \(status)"
        case .contentType: "the key set's URL answers with a page (HTML) instead of application/jwk-set+json"
        case .invalid(let reason): reason.description
        case .noUsableKey(.none): "the key set is empty"
        case .noUsableKey(let leftOut): "the key set has no key that can verify signatures\(leftOut.clause)"
        case .waiting: "no keys that fit are known, and after an earlier failure it is too early to ask for them again"
        }
    }
}
