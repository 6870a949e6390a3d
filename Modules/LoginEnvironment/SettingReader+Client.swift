import JOSE
import LoginFlow
import OAuthTypes
import TokenExchange

/// How the app authenticates to the provider.
extension SettingReader {
    private static let methods =
        ["automatic"] + ClientAuthenticationMethod.allCases.map(\.rawValue)
        + ["client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "none"]

    private static let keyFix =
        "Give the path of a file with a private key as PEM, a JWK or a JWK set; its public half is registered at the provider."

    /// Nil if there is none, or a faulty one.
    mutating func clientCredential() -> ClientCredential? {
        let method = texts[.clientAuthentication] ?? "automatic"
        let assertion = ClientAssertion(audience: assertionAudience())
        switch method {
        case "automatic": return secret().map { .secret($0) }
        case "client_secret_jwt": return secret().map { .secretJWT($0, assertion: assertion) }
        case "private_key_jwt": return requireKey() ? .privateKeyJWT(assertion) : nil
        case "tls_client_auth": return .tls
        case "self_signed_tls_client_auth": return .selfSignedTLS
        case "none": return ClientCredential.none
        default: break
        }
        guard let known = ClientAuthenticationMethod(rawValue: method) else {
            noteUnknown(method, of: .clientAuthentication, known: Self.methods)
            return nil
        }
        return secret().map { .secret($0, method: known) }
    }

    /// The keys of the app, if a file with them is named.
    mutating func clientKeys() -> ClientKeyRing? {
        guard let path = texts[.clientKey] else { return nil }
        do { return ClientKeyRing(try ClientKeys(reading: try PrivateFile(path: path).octets())) } catch {
            note(.clientKey, problem: "\(error)", fix: Self.keyFix)
            return nil
        }
    }

    private mutating func secret() -> ClientSecret? {
        required(.clientSecret, fix: "Copy the client secret of the app's registration at the provider.").map {
            ClientSecret($0)
        }
    }

    private mutating func requireKey() -> Bool { required(.clientKey, fix: Self.keyFix) != nil }

    private mutating func assertionAudience() -> ClientAssertion.Audience {
        switch texts[.assertionAudience] {
        case nil, "issuer": return .issuer
        case "token-endpoint": return .tokenEndpoint
        case "endpoint": return .endpoint
        case let other?:
            noteUnknown(other, of: .assertionAudience, known: ["issuer", "token-endpoint", "endpoint"])
            return .issuer
        }
    }
}
