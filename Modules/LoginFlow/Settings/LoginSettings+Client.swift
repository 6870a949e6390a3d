import JOSE
import OAuthTypes
import TokenExchange

extension LoginSettings {
    /// The faults of the client's credential and keys.
    var clientFaults: [SettingFault] {
        [secretFault, appleFault, secretJWTFault, keysFault, assertionFault, requestObjectFault].compactMap(\.self)
    }

    private var secretFault: SettingFault? {
        guard let secret = clientCredential.clientSecret, secret.exposedText.isEmpty else { return nil }
        return SettingFault(
            setting: "clientSecret", problem: "it is empty",
            fix: "Copy the secret from the provider's client registration.")
    }

    // Whoever receives such a secret can use it at Apple.
    private var appleFault: SettingFault? {
        guard case .appleSecret = clientCredential, issuer.text != "https://appleid.apple.com" else { return nil }
        return SettingFault(
            setting: "clientCredential", problem: "appleSecret is for Apple, and the issuer is '\(issuer)'",
            fix: "Give the credential that this provider knows.")
    }

    private var secretJWTFault: SettingFault? {
        guard case .secretJWT(let secret, let algorithm, _) = clientCredential, !secret.exposedText.isEmpty else {
            return nil
        }
        do { _ = try ClientSecretSigner(secret: secret, algorithm: algorithm) } catch {
            return SettingFault(
                setting: "clientSecret", problem: "it cannot sign assertions",
                fix: "\(error) (RFC 7518 §3.2).")
        }
        return nil
    }

    private var keysFault: SettingFault? {
        guard case .privateKeyJWT = clientCredential, clientKeys == nil else { return nil }
        return SettingFault(
            setting: "clientKeys", problem: "private_key_jwt has no key",
            fix: "Set clientKeys to the key whose public half is registered at the provider.")
    }

    private var requestObjectFault: SettingFault? {
        guard signedRequests == .always, clientKeys == nil else { return nil }
        return SettingFault(
            setting: "clientKeys", problem: "signed requests have no key",
            fix: "Set clientKeys to the key whose public half is registered at the provider.")
    }

    private var assertionFault: SettingFault? {
        guard let type = clientCredential.assertion?.type else { return nil }
        let isWord = (1...64).contains(type.utf8.count) && type.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard !isWord else { return nil }
        return SettingFault(
            setting: "clientCredential", problem: "the assertion's type is no media type",
            fix: "Use JWT or client-authentication+jwt.")
    }

    /// Claims the key for this issuer; a fault if it already signs for another one where it must not.
    func claimKeys() -> SettingFault? {
        guard let clientKeys else { return nil }
        var namesEndpoint = false
        if case .privateKeyJWT(let assertion) = clientCredential {
            namesEndpoint = assertion.audience != .issuer
        }
        guard !clientKeys.serve(issuer, namingTokenEndpoint: namesEndpoint) else { return nil }
        return SettingFault(
            setting: "clientKeys",
            problem: "they sign for two issuers, one of them under the URL of its endpoints",
            fix: "Give each issuer keys of its own, or use the audience .issuer.")
    }
}

extension ClientCredential {
    /// The client authentication at the endpoints of `metadata`.
    func authentication(
        at metadata: ProviderMetadata, settings: LoginSettings, environment: LoginFlow.Environment
    ) -> any ClientAuthentication {
        switch self {
        case .secret(let secret, let method)
        where settings.deviations.contains(.unencodedBasicSecret) && method != .clientSecretPost:
            return ClientSecretBasic(secret, encoding: .unencoded)
        case .secret(let secret, let method):
            let method = method ?? ClientAuthenticationMethod(for: metadata, client: settings.clientID, secret: secret)
            return method.authentication(secret)
        case .secretJWT(let secret, let algorithm, let assertion):
            guard let signer = try? ClientSecretSigner(secret: secret, algorithm: algorithm) else {
                return NoCredential()
            }
            return assertion.authentication(signer, at: metadata, environment: environment)
        case .privateKeyJWT(let assertion):
            guard let keys = settings.clientKeys else { return NoCredential() }
            return assertion.authentication(keys, at: metadata, environment: environment)
        case .appleSecret(let secret): return secret
        case .tls, .selfSignedTLS, .none: return ClientIDOnly()
        }
    }
}

extension ClientAssertion {
    fileprivate func authentication(
        _ signer: any CompactSigner, at metadata: ProviderMetadata, environment: LoginFlow.Environment
    ) -> any ClientAuthentication {
        let audience: PrivateKeyJWT.Audience =
            switch audience {
            case .issuer: .issuer(metadata.issuer)
            case .tokenEndpoint: .tokenEndpoint(metadata.tokenEndpoint)
            case .endpoint: .endpoint
            }
        return PrivateKeyJWT(
            signer: signer, audience: audience, type: type, clock: environment.clock, random: environment.random)
    }
}

/// Stands for a credential that the settings' faults rule out: nothing is ever sent with it.
private struct NoCredential: ClientAuthentication {
    struct MissingKeyError: Error {}

    func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) throws {
        throw MissingKeyError()
    }
}
