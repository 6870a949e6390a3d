public import JOSE
public import OAuthTypes

/// Why a request is refused, and the response that says so (RFC 6750 §3).
public struct ProtectedResourceError: Error, Sendable, CustomStringConvertible {
    /// The reason, for logs. Clients learn less: ``challenge`` does not distinguish an invalid signature from an
    /// unknown key.
    @nonexhaustive
    public enum Reason: Sendable {
        /// There is no bearer token.
        case noCredentials
        /// Several `Authorization` values, or a value that is not a token by its syntax.
        case malformedCredentials
        /// The token is not valid for this API.
        case invalidToken(TokenValidationError)
        /// The token is valid and lacks a part of this scope.
        case insufficientScope(Scope)
        /// The issuer's keys are unavailable: it is unknown whether the token is valid.
        case keysUnavailable(TokenValidationError)
    }

    /// The reason.
    public let reason: Reason
    private let realm: String?

    init(_ reason: Reason, realm: String?) {
        self.reason = reason
        self.realm = realm
    }

    /// The status to answer with: 400, 401, 403 or 503.
    public var status: Int {
        switch reason {
        case .malformedCredentials: 400
        case .noCredentials, .invalidToken: 401
        case .insufficientScope: 403
        case .keysUnavailable: 503
        }
    }

    /// The challenge to answer with; nil with 503.
    public var challenge: BearerChallenge? {
        switch reason {
        // RFC 6750 §3.1: a request without credentials gets no error code.
        case .noCredentials: BearerChallenge(realm: realm)
        case .malformedCredentials:
            BearerChallenge(realm: realm, error: .invalidRequest, errorDescription: "The request is not well formed")
        case .invalidToken:
            BearerChallenge(realm: realm, error: .invalidToken, errorDescription: "The access token is not valid")
        case .insufficientScope(let scope):
            BearerChallenge(
                realm: realm, error: .insufficientScope, errorDescription: "The access token lacks a scope",
                scope: scope)
        case .keysUnavailable: nil
        }
    }

    /// The header fields to answer with: the challenge, and that the response must not be stored.
    public var fields: [HeaderField] {
        let challenge = challenge.flatMap { HeaderField("WWW-Authenticate", $0.fieldValue) }
        let retry = status == 503 ? HeaderField("Retry-After", "10") : nil
        return [challenge, retry, HeaderField("Cache-Control", "no-store")].compactMap { $0 }
    }

    /// The reason as a word that stays the same between releases.
    public var code: String {
        switch reason {
        case .noCredentials: "no_credentials"
        case .malformedCredentials: "malformed_credentials"
        case .invalidToken(let error): error.code
        case .insufficientScope: "insufficient_scope"
        case .keysUnavailable: "keys_unavailable"
        }
    }

    /// The reason as text, for logs; without any token.
    public var description: String {
        switch reason {
        case .noCredentials: "the request carries no bearer token"
        case .malformedCredentials: "the request's Authorization field is malformed or stands there more than once"
        case .invalidToken(let error), .keysUnavailable(let error): error.description
        case .insufficientScope(let scope): "the access token does not cover the scope \(scope)"
        }
    }
}
