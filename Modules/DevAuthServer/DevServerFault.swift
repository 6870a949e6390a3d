package import OAuthTypes

/// One fault in the settings of a development server.
package enum DevServerFault: Hashable, Sendable, CustomStringConvertible {
    /// `LOGIN_ENV` says `production`.
    case production
    /// The issuer's host is not loopback.
    case issuerNotLoopback(Issuer)
    /// There is no client.
    case noClient
    /// Two clients have the same identifier.
    case repeatedClient(ClientID)
    /// A client has an empty secret.
    case emptySecret(ClientID)
    /// A client that signs with its secret has one of fewer than 32 octets.
    case shortSecret(ClientID)
    /// A client that signs with its keys has none.
    case noKeys(ClientID)
    /// An organization of a client has no ID, or one that is given twice.
    case organization(ClientID, String)
    /// A client has no redirect URI.
    case noRedirectURI(ClientID)
    /// A client's redirect or post-logout redirect URI is not loopback.
    case redirectNotLoopback(ClientID, EndpointURL)
    /// There is no account.
    case noAccount
    /// Two accounts have the same user name, or one has an empty one.
    case username(String)
    /// Two accounts have the same subject.
    case repeatedSubject(SubjectID)
    /// An account has an empty password.
    case emptyPassword(username: String)
    /// An account has a claim that the server sets itself.
    case reservedClaim(username: String, name: String)
    /// An account has no way to log in.
    case noLoginOption(username: String)
    /// Two accounts that log in by a code have the same mail address.
    case repeatedEmail(String)
    /// A client may request a scope value that the server does not have, or an API without a name.
    case clientAccess(ClientID, String)
    /// The API's audience is empty.
    case emptyAudience
    /// An API scope is not a scope value of RFC 6749 §3.3, is given twice, or is a standard one.
    case scope(String)
    /// A lifetime is not between 1 s and ten years.
    case lifetimes
    /// The signing key is not for RS256, or libcrypto could not generate one.
    case signingKey

    /// The fault and its fix.
    package var description: String {
        switch self {
        case .production:
            "LOGIN_ENV says production: the development server must not run there; configure a real provider"
        case .issuerNotLoopback(let issuer): "the issuer \(issuer) is not loopback; use http://localhost:PORT"
        case .noClient: "there is no client; register one"
        case .repeatedClient(let id): "the client \(id) is registered twice; give each its own client_id"
        case .emptySecret(let id): "the client \(id) has an empty secret; give it a random one"
        case .shortSecret(let id):
            "the client \(id) signs with a secret of fewer than 32 octets; give it a longer one"
        case .noKeys(let id): "the client \(id) signs and has no keys; give it the JWK set of its public keys"
        case .organization(let id, let name):
            "the client \(id) has the organization '\(name)', which is empty or given twice; give each an ID of its own"
        case .noRedirectURI(let id): "the client \(id) has no redirect URI; register its callback"
        case .redirectNotLoopback(let id, let url):
            "the client \(id) has the redirect URI \(url), which is not loopback; use http://localhost:PORT/…"
        case .noAccount: "there is no account; DevAccount.samples makes two"
        case .username(let name): "the user name '\(name)' is empty or given twice; give each account one of its own"
        case .repeatedSubject(let subject): "the subject \(subject) belongs to two accounts; give each its own"
        case .emptyPassword(let username): "the account \(username) has an empty password; give it one"
        case .reservedClaim(let username, let name):
            "the account \(username) has the claim '\(name)', which the server sets itself; leave it out"
        case .noLoginOption(let username):
            "the account \(username) has no way to log in; give it a login option"
        case .repeatedEmail(let address):
            "the mail address '\(address)' belongs to two accounts; give each its own, or take the login by code from one"
        case .clientAccess(let id, let name):
            "the client \(id) may request '\(name)', which this server does not have; add it to the API scopes, or leave it out"
        case .emptyAudience: "the API's audience is empty; name the API, for example urn:api"
        case .scope(let name):
            "the API scope '\(name)' is malformed, given twice or a standard one; give each API scope a name of its own"
        case .lifetimes: "a lifetime is not between 1 second and ten years; change it"
        case .signingKey:
            "the signing key is not for RS256, or libcrypto could not generate one; leave it out, or make one with SigningKey.generate(.rs256)"
        }
    }
}

extension DevServerFault {
    /// The fault as a part of the error.
    package var fault: SettingFault {
        let parts = description.split(separator: "; ", maxSplits: 1)
        return SettingFault(setting: setting, problem: String(parts[0]), fix: parts.count > 1 ? String(parts[1]) : "")
    }

    private var setting: String {
        switch self {
        case .production: "environment"
        case .issuerNotLoopback: "issuer"
        case .noClient, .repeatedClient, .emptySecret, .shortSecret, .noKeys, .noRedirectURI, .redirectNotLoopback,
            .clientAccess, .organization:
            "clients"
        case .noAccount, .username, .repeatedSubject, .emptyPassword, .reservedClaim, .noLoginOption,
            .repeatedEmail:
            "accounts"
        case .emptyAudience: "apiAudience"
        case .scope: "apiScopes"
        case .lifetimes: "lifetimes"
        case .signingKey: "signingKey"
        }
    }
}
