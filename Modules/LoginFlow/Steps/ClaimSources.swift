import WireFormats

/// Combines the claims of a session: protocol claims from the ID token alone, which is signed; the user's own from
/// both.
enum ClaimSources {
    // Which user logged in where, when, how and for how long. UserInfo cannot change these.
    private static let protocolClaims: Set<String> = [
        "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "azp", "acr", "amr", "auth_time", "sid", "at_hash",
        "c_hash", "s_hash", "org_id", "org_name", "session_expiry", "events", "cnf", "act", "may_act", "client_id",
        "scope", "sub_jwk", "_claim_names", "_claim_sources",
    ]

    // A verification flag means nothing for another address.
    private static let pairs = ["email": "email_verified", "phone_number": "phone_number_verified"]

    /// What UserInfo adds to the ID token: no protocol claim and no claim that the ID token contains. An address and
    /// its verification flag are added together or not at all.
    static func additions(of userInfo: JSONObject, to idToken: JSONObject) -> JSONObject {
        var added: JSONObject = [:]
        let taken = Set(pairs.flatMap { isThere($0.key, in: idToken) ? [$0.key, $0.value] : [] })
        let lone = Set(pairs.flatMap { isThere($0.key, in: userInfo) ? [] : [$0.value] })
        let replaceable = Set(pairs.values)
        for (name, value) in userInfo.members where value != .null {
            guard !protocolClaims.contains(name), !taken.contains(name), !lone.contains(name) else { continue }
            if replaceable.contains(name) || !isThere(name, in: idToken) { added[name] = value }
        }
        return added
    }

    /// The claims of both.
    static func union(_ idToken: JSONObject, adding added: JSONObject) -> JSONObject {
        var claims = idToken
        for (address, verified) in pairs where isThere(address, in: added) { claims[verified] = nil }
        for (name, value) in added.members { claims[name] = value }
        return claims
    }

    static func isThere(_ name: String, in claims: JSONObject) -> Bool {
        claims[name].map { $0 != .null } ?? false
    }
}
