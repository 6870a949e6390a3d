import OAuthTypes

/// Reads the one way of presenting a bearer token that is accepted (RFC 6750 §2.1).
enum BearerCredentials {
    /// The token in the values of a request's `Authorization` fields.
    static func token(in values: [String]) throws(ProtectedResourceError.Reason) -> AccessToken {
        guard let value = values.first else { throw .noCredentials }
        guard values.count == 1 else { throw .malformedCredentials }
        let scheme = value.utf8.prefix { $0 != UInt8(ascii: " ") }
        // Another scheme counts as no credentials (RFC 6750 §3.1).
        guard scheme.map({ $0 | 0x20 }).elementsEqual("bearer".utf8) else { throw .noCredentials }
        // RFC 9110 §11.4: one or more spaces between scheme and token68.
        let rest = value.utf8.dropFirst(scheme.count).drop { $0 == UInt8(ascii: " ") }
        let token = AccessToken(String(Substring(rest)))
        guard token.isWellFormed else { throw .malformedCredentials }
        return token
    }
}
