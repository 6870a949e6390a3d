import OAuthTypes

/// Reads the only accepted way to present a bearer token (RFC 6750 §2.1).
enum BearerCredentials {
    /// The token in the values of a request's `Authorization` fields; `realm` is for the challenge if there is none.
    static func token(in values: [String], realm: String?) throws(ProtectedResourceError) -> AccessToken {
        guard let value = values.first else { throw ProtectedResourceError(.noCredentials, realm: realm) }
        guard values.count == 1 else { throw ProtectedResourceError(.malformedCredentials, realm: realm) }
        let scheme = value.utf8.prefix { $0 != UInt8(ascii: " ") }
        // Another scheme counts as no credentials (RFC 6750 §3.1).
        guard scheme.map({ $0 | 0x20 }).elementsEqual("bearer".utf8) else {
            throw ProtectedResourceError(.noCredentials, realm: realm)
        }
        // RFC 9110 §11.4: one or more spaces between scheme and token68.
        let rest = value.utf8.dropFirst(scheme.count).drop { $0 == UInt8(ascii: " ") }
        let token = AccessToken(String(Substring(rest)))
        guard token.isWellFormed else { throw ProtectedResourceError(.malformedCredentials, realm: realm) }
        return token
    }
}
