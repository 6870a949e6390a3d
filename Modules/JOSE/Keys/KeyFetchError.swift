public import OAuthTypes

/// Why no keys came from the issuer. Never carries what it sent.
@nonexhaustive
public enum KeyFetchError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No answer.
    case transport(TransportFailure)
    /// The answer was a redirect, which is never followed.
    case redirected
    /// The answer's status code was not 200.
    case status(Int)
    /// The answer was no JSON by its content type.
    case contentType
    /// The answer was no key set.
    case invalid(InvalidKeySet)
    /// The set has no key that may be used.
    case noUsableKey
    /// No keys are known, and after earlier failures it is too early to ask again.
    case waiting

    /// The reason in words.
    public var description: String {
        switch self {
        case .transport(let failure): "the key set could not be fetched: \(failure)"
        case .redirected: "the key set's URL answers with a redirect; configure the URL it leads to"
        case .status(let status): "the key set's URL answers with status \(status)"
        case .contentType: "the key set's URL does not answer with application/json or application/jwk-set+json"
        case .invalid(let reason): reason.description
        case .noUsableKey: "the key set has no key that can verify signatures"
        case .waiting: "no keys are known, and after earlier failures it is too early to ask for them again"
        }
    }
}
