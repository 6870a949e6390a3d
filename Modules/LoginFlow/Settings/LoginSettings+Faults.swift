import AuthURL
import JOSE
package import OAuthTypes

extension LoginSettings {
    /// Everything that keeps a flow from being created, sessions in cookies aside.
    package var allFaults: [SettingFault] { faults + nameFaults }

    private var faults: [SettingFault] {
        let own = [
            issuerFault, documentFault, baseURLFault, plaintextFault, pathFault, lifetimeFault, secretFault,
            algorithmFault, promptFault,
        ]
        return own.compactMap(\.self) + deviationFaults
    }

    private var issuerFault: SettingFault? {
        guard issuer.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "issuer", problem: "it is not an https:// URL",
                fix:
                    "Use the provider's https:// issuer; http:// is for loopback in development, where plaintext says so."
            )
        }
        return nil
    }

    private var documentFault: SettingFault? {
        guard case .document(let address, _) = provider, address.origin.scheme != "https", plaintext != .loopback else {
            return nil
        }
        return SettingFault(
            setting: "provider", problem: "the metadata's address is not an https:// URL",
            fix: "Use https; http:// is for loopback in development, where plaintext says so.")
    }

    private var promptFault: SettingFault? {
        guard prompt.contains(.none), prompt.count > 1 else { return nil }
        return SettingFault(
            setting: "prompt", problem: "none stands beside another value",
            fix: "Give none alone, or leave it out (OpenID Connect Core §3.1.2.1).")
    }

    private var plaintextFault: SettingFault? {
        guard baseURL.origin.scheme == "https" || plaintext == .loopback else {
            return SettingFault(
                setting: "baseURL", problem: "it is not an https:// URL",
                fix: "Give an https:// origin; http:// is for loopback in development, where plaintext says so.")
        }
        return nil
    }

    private var algorithmFault: SettingFault? {
        guard idTokenAlgorithms == [] else { return nil }
        return SettingFault(
            setting: "idTokenAlgorithms", problem: "the list is empty, so no ID token could be accepted",
            fix: "Name what the provider signs with, or leave it to the provider's metadata.")
    }

    private var baseURLFault: SettingFault? {
        guard baseURL.query == nil, baseURL.path.isEmpty || baseURL.path == "/" else {
            return SettingFault(
                setting: "baseURL", problem: "it has a path or a query",
                fix: "Give the origin alone, such as https://app.example; paths go into routes.")
        }
        return nil
    }

    private var pathFault: SettingFault? {
        let paths = routes.owned + [routes.afterLogout]
        let wellFormed = paths.allSatisfy {
            ReturnPath($0) != nil && (try? EndpointURL("https://app.example" + $0))?.path == $0
        }
        guard wellFormed, Set(routes.owned).count == routes.owned.count, !routes.owned.contains(routes.afterLogout)
        else {
            return SettingFault(
                setting: "routes", problem: "the paths are not four different absolute paths",
                fix: "Begin each with / and use each once.")
        }
        return nil
    }

    private var lifetimeFault: SettingFault? {
        guard idleLifetime >= .seconds(60), absoluteLifetime >= idleLifetime, absoluteLifetime <= .seconds(31_536_000)
        else {
            return SettingFault(
                setting: "idleLifetime, absoluteLifetime", problem: "they are out of bounds",
                fix: "Use 60 s ≤ idle ≤ absolute ≤ 365 days.")
        }
        return nil
    }

    private var secretFault: SettingFault? {
        guard !clientSecret.exposedText.isEmpty else {
            return SettingFault(
                setting: "clientSecret", problem: "it is empty",
                fix: "Copy the secret from the provider's client registration.")
        }
        return nil
    }
}
